"""Sentences of the paper form in each language; all but the German ones are written by a machine.

What the pages say as well (heads of columns, answers about entries) comes from their catalogues.
"""

from typing import NamedTuple

from gelingen.terms.surveys import Language


class PaperWords(NamedTuple):
    """The sentences of one language; `{}` stands for what is filled in."""

    part: str
    page: str
    how: str
    until: str
    back: str
    screen: str
    one: str
    several: str
    most: str
    required: str
    only_if: str
    only_entries: str
    no_names: str
    low_high: str
    day: str
    range_from: str
    range_to: str
    entry: str
    named: str
    anonymous: str
    unchecked: str = ""


WORDS = {
    Language.DE: PaperWords(
        "Teil {}", "Seite {} von {}",
        "Bitte ankreuzen oder in Druckbuchstaben ausfüllen.",
        "Bitte bis zum {} zurückgeben.", "Zurück an: {}",
        "Lieber am Bildschirm? Den Code aufnehmen oder die Adresse eingeben:",
        "Bitte eine Antwort ankreuzen.", "Mehrere Antworten sind möglich.",
        "Höchstens {} Antworten.", "Diese Angabe wird gebraucht.",
        "Nur wenn bei Frage {} angekreuzt ist: {}.",
        "Nur wenn Ihre Organisation in unserer Übersicht steht.",
        "Bitte keine Namen von Personen.",
        "1 = kann warten, 5 = sehr dringend. Was Sie nicht einschätzen können: frei lassen.",
        "Tag, Monat, Jahr", "von", "bis", "Angebot",
        "Organisation:", "Bitte keinen Namen und keine Organisation auf das Papier schreiben.",
    ),
    Language.EASY: PaperWords(
        "Teil {}", "Seite {} von {}",
        "Bitte kreuzen Sie an oder schreiben Sie. Schreiben Sie deutlich.",
        "Bitte geben Sie den Zettel bis zum {} zurück.", "Der Zettel geht an: {}",
        "Sie wollen am Handy antworten? Dann nehmen Sie den Code oder diese Adresse:",
        "Kreuzen Sie eine Antwort an.", "Sie können mehrere Antworten ankreuzen.",
        "Kreuzen Sie höchstens {} Antworten an.", "Diese Antwort brauchen wir.",
        "Nur wenn Sie bei Frage {} das angekreuzt haben: {}.",
        "Nur wenn Ihre Organisation in unserer Liste steht.",
        "Bitte schreiben Sie keine Namen von Menschen.",
        "1 heißt: Es hat Zeit. 5 heißt: Es ist sehr eilig. Sie wissen es nicht? Dann lassen Sie es "
        "frei.",
        "Tag, Monat, Jahr", "von", "bis", "Angebot",
        "Organisation:", "Schreiben Sie bitte nicht auf, wer Sie sind.",
        "Eine Maschine hat diesen Text geschrieben. Niemand hat ihn geprüft.",
    ),
    Language.EN: PaperWords(
        "Part {}", "Page {} of {}",
        "Please tick or fill in, in block letters.",
        "Please return by {}.", "Return to: {}",
        "Rather on a screen? Scan the code or enter the address:",
        "Please tick one answer.", "Several answers are possible.",
        "At most {} answers.", "This answer is needed.",
        "Only if at question {} this is ticked: {}.",
        "Only if your organisation is listed in our overview.",
        "Please do not write names of persons.",
        "1 = can wait, 5 = very urgent. Leave blank what you cannot judge.",
        "Day, month, year", "from", "to", "Service",
        "Organisation:", "Please do not write your name or organisation on this paper.",
        "This text was written by a machine and has not been checked.",
    ),
    Language.TR: PaperWords(
        "Bölüm {}", "Sayfa {} / {}",
        "Lütfen işaretleyin veya büyük harflerle doldurun.",
        "Lütfen {} tarihine kadar geri verin.", "Geri gönderilecek yer: {}",
        "Ekranda mı cevaplamak istiyorsunuz? Kodu okutun veya adresi girin:",
        "Lütfen bir cevap işaretleyin.", "Birden fazla cevap mümkündür.",
        "En fazla {} cevap.", "Bu bilgi gereklidir.",
        "Yalnızca {}. soruda şu işaretlendiyse: {}.",
        "Yalnızca kurumunuz listemizde yer alıyorsa.",
        "Lütfen kişi adı yazmayın.",
        "1 = bekleyebilir, 5 = çok acil. Değerlendiremediğinizi boş bırakın.",
        "Gün, ay, yıl", "en az", "en çok", "Hizmet",
        "Kurum:", "Lütfen kâğıda adınızı veya kurumunuzu yazmayın.",
        "Bu metin makine tarafından yazıldı ve kontrol edilmedi.",
    ),
    Language.AR: PaperWords(
        "الجزء {}", "صفحة {} من {}",
        "يرجى وضع علامة أو الكتابة بخط واضح.",
        "يرجى إعادة الورقة حتى {}.", "تُعاد إلى: {}",
        "هل تفضلون الإجابة على الشاشة؟ امسحوا الرمز أو أدخلوا العنوان:",
        "يرجى اختيار إجابة واحدة.", "يمكن اختيار عدة إجابات.",
        "{} إجابات على الأكثر.", "هذه الإجابة مطلوبة.",
        "فقط إذا اخترتم في السؤال {}: {}.",
        "فقط إذا كانت منظمتكم مدرجة في قائمتنا.",
        "يرجى عدم كتابة أسماء أشخاص.",
        "1 = يمكن أن ينتظر، 5 = عاجل جدًا. اتركوا ما لا تستطيعون تقديره فارغًا.",
        "اليوم، الشهر، السنة", "من", "إلى", "العرض",
        "المنظمة:", "يرجى عدم كتابة اسمكم أو اسم منظمتكم على الورقة.",
        "كُتب هذا النص آليًا ولم تتم مراجعته.",
    ),
    Language.UK: PaperWords(
        "Частина {}", "Сторінка {} з {}",
        "Будь ласка, позначте або заповніть друкованими літерами.",
        "Будь ласка, поверніть до {}.", "Повернути за адресою: {}",
        "Зручніше на екрані? Відскануйте код або введіть адресу:",
        "Будь ласка, позначте одну відповідь.", "Можна позначити кілька відповідей.",
        "Щонайбільше {} відповідей.", "Ця відповідь потрібна.",
        "Лише якщо на запитання {} позначено: {}.",
        "Лише якщо ваша організація є в нашому переліку.",
        "Будь ласка, не пишіть імен людей.",
        "1 = може почекати, 5 = дуже терміново. Чого не можете оцінити, залиште порожнім.",
        "День, місяць, рік", "від", "до", "Послуга",
        "Організація:", "Будь ласка, не пишіть на папері свого імені чи організації.",
        "Цей текст створено машиною, його не перевірено.",
    ),
    Language.RU: PaperWords(
        "Часть {}", "Страница {} из {}",
        "Пожалуйста, отметьте или заполните печатными буквами.",
        "Пожалуйста, верните до {}.", "Вернуть по адресу: {}",
        "Удобнее на экране? Отсканируйте код или введите адрес:",
        "Пожалуйста, отметьте один ответ.", "Можно отметить несколько ответов.",
        "Не более {} ответов.", "Этот ответ нужен.",
        "Только если на вопрос {} отмечено: {}.",
        "Только если ваша организация есть в нашем перечне.",
        "Пожалуйста, не пишите имён людей.",
        "1 = может подождать, 5 = очень срочно. Чего не можете оценить, оставьте пустым.",
        "День, месяц, год", "от", "до", "Услуга",
        "Организация:", "Пожалуйста, не пишите на бумаге своё имя или организацию.",
        "Этот текст создан машиной и не проверен.",
    ),
}  # fmt: skip
