"""Indicators: definition sheets over the one store of figures, in two registers that never mix."""
