"""Sentences of letters in each language; all but the German ones are written by a machine."""

from typing import NamedTuple

from gelingen.terms.surveys import Language


class Sentences(NamedTuple):
    """The sentences of one language; `{}` stands for the title or the last day."""

    subject: str
    invitation: str
    reminder_subject: str
    reminder: str
    link: str
    until: str
    named: str
    anonymous: str
    fresh: str
    unchecked: str = ""


_GERMAN = Sentences(
    "Umfrage: {}",
    "Guten Tag,\n\nwir bitten um Ihre Antworten: „{}“. Ein Konto brauchen Sie nicht.",
    "Erinnerung an die Umfrage: {}",
    "Guten Tag,\n\nvor einiger Zeit haben wir um Ihre Antworten gebeten: „{}“. "
    "Bisher ist keine angekommen. Über Ihre Antwort würden wir uns freuen.",
    "Umfrage öffnen",
    "Der Verweis gilt bis {}.",
    "Er ist für Ihre Stelle bestimmt. Bis die Umfrage endet, können Sie Ihre Antworten ansehen, "
    "ändern und zurückziehen.",
    "Er gilt für eine Antwort. Gespeichert wird nur, dass er benutzt ist, nicht wann und nicht, "
    "welche Antwort von Ihnen kam.",
    "Bitte diesen Verweis benutzen: Der frühere gilt nicht mehr.",
)
_EASY = Sentences(
    "Umfrage: {}",
    "Guten Tag,\n\nwir haben Fragen an Sie. Die Umfrage heißt: „{}“. Sie brauchen kein Konto.",
    "Erinnerung: {}",
    "Guten Tag,\n\nwir haben Ihnen schon einmal geschrieben. Die Umfrage heißt: „{}“. "
    "Wir haben noch keine Antwort von Ihnen. Bitte antworten Sie uns.",
    "Umfrage öffnen",
    "Sie können bis zum {} antworten.",
    "Der Link ist nur für Ihre Stelle. Sie können Ihre Antworten später ändern oder löschen.",
    "Der Link ist nur für eine Antwort. Wir wissen nicht, welche Antwort von Ihnen ist.",
    "Bitte nehmen Sie diesen Link. Der alte Link geht nicht mehr.",
    "Eine Maschine hat diesen Text geschrieben. Niemand hat ihn geprüft.",
)
_ENGLISH = Sentences(
    "Survey: {}",
    "Dear Sir or Madam,\n\nwe would like to ask for your answers: “{}”. You need no account.",
    "Reminder of the survey: {}",
    "Dear Sir or Madam,\n\nsome time ago we asked for your answers: “{}”. "
    "So far none has arrived. We would be glad to hear from you.",
    "Open the survey",
    "The link is valid until {}.",
    "It is meant for your office. Until the survey ends you can look at your answers, change them "
    "and withdraw them.",
    "It is good for one answer. We only store that it was used, not when, and not which answer "
    "came from you.",
    "Please use this link: the earlier one is no longer valid.",
    "This text was written by a machine and has not been checked.",
)
_TURKISH = Sentences(
    "Anket: {}",
    "İyi günler,\n\ncevaplarınızı rica ediyoruz: “{}”. Bir hesaba ihtiyacınız yok.",
    "Anket hatırlatması: {}",
    "İyi günler,\n\nbir süre önce cevaplarınızı rica etmiştik: “{}”. "
    "Şimdiye kadar bir cevap gelmedi. Cevabınıza seviniriz.",
    "Anketi aç",
    "Bağlantı {} tarihine kadar geçerlidir.",
    "Bağlantı sizin kurumunuz içindir. Anket bitene kadar cevaplarınızı görebilir, "
    "değiştirebilir ve geri çekebilirsiniz.",
    "Bağlantı tek bir cevap için geçerlidir. Yalnızca kullanıldığı kaydedilir; ne zaman "
    "kullanıldığı ve hangi cevabın sizden geldiği kaydedilmez.",
    "Lütfen bu bağlantıyı kullanın: Önceki bağlantı artık geçerli değildir.",
    "Bu metin makine tarafından yazıldı ve kontrol edilmedi.",
)
_ARABIC = Sentences(
    "استبيان: {}",
    "تحية طيبة،\n\nنرجو منكم الإجابة على الاستبيان: «{}». لا تحتاجون إلى حساب.",
    "تذكير بالاستبيان: {}",
    "تحية طيبة،\n\nطلبنا منكم قبل مدة الإجابة على الاستبيان: «{}». "
    "لم تصلنا إجابة حتى الآن. يسعدنا أن نتلقى إجابتكم.",
    "افتح الاستبيان",
    "الرابط صالح حتى {}.",
    "الرابط مخصص لجهتكم. يمكنكم الاطلاع على إجاباتكم وتعديلها وسحبها حتى نهاية الاستبيان.",
    "الرابط صالح لإجابة واحدة. نحفظ فقط أنه استُخدم، ولا نحفظ متى استُخدم ولا أي إجابة جاءت منكم.",
    "يرجى استخدام هذا الرابط: الرابط السابق لم يعد صالحًا.",
    "كُتب هذا النص آليًا ولم تتم مراجعته.",
)
_UKRAINIAN = Sentences(
    "Опитування: {}",
    "Добрий день,\n\nпросимо вас відповісти на запитання: «{}». Обліковий запис не потрібен.",
    "Нагадування про опитування: {}",
    "Добрий день,\n\nраніше ми просили вас відповісти на запитання: «{}». "
    "Досі ми не отримали відповіді. Будемо раді вашій відповіді.",
    "Відкрити опитування",
    "Посилання дійсне до {}.",
    "Воно призначене для вашої установи. До кінця опитування ви можете переглянути, змінити та "
    "відкликати свої відповіді.",
    "Воно дійсне для однієї відповіді. Зберігається лише те, що його використано, а не коли "
    "й не те, яка відповідь ваша.",
    "Будь ласка, скористайтеся цим посиланням: попереднє більше не дійсне.",
    "Цей текст створено машиною, його не перевірено.",
)
_RUSSIAN = Sentences(
    "Опрос: {}",
    "Добрый день,\n\nпросим вас ответить на вопросы: «{}». Учётная запись не нужна.",
    "Напоминание об опросе: {}",
    "Добрый день,\n\nранее мы просили вас ответить на вопросы: «{}». "
    "До сих пор мы не получили ответа. Будем рады вашему ответу.",
    "Открыть опрос",
    "Ссылка действительна до {}.",
    "Она предназначена для вашей организации. До конца опроса вы можете посмотреть, изменить и "
    "отозвать свои ответы.",
    "Она действительна для одного ответа. Сохраняется только то, что она использована, но не "
    "когда и не то, какой ответ ваш.",
    "Пожалуйста, используйте эту ссылку: прежняя больше не действует.",
    "Этот текст создан машиной и не проверен.",
)
SENTENCES = {
    Language.DE: _GERMAN,
    Language.EASY: _EASY,
    Language.EN: _ENGLISH,
    Language.TR: _TURKISH,
    Language.AR: _ARABIC,
    Language.UK: _UKRAINIAN,
    Language.RU: _RUSSIAN,
}
