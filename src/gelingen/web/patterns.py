"""How money that is not secured is filled wherever it is drawn; the colours are in the styles."""

PATTERNS = (
    '<pattern id="muster-beantragt" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="p-grund" width="7" height="7"/>'
    '<line class="p-strich" x1="1.5" y1="0" x2="1.5" y2="7"/></pattern>'
    '<pattern id="muster-geplant" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="p-grund" width="6" height="6"/><circle class="p-punkt" cx="3" cy="3" r="1.15"/>'
    "</pattern>"
)
