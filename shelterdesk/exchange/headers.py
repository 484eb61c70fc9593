"""What people in Azerbaijan and its neighbours call the columns of their lists, in Azerbaijani, English and Russian.

The labels of our own fields, in every language and as the shelter words them, are known without standing here.
"""

from __future__ import annotations

from typing import Final

from shelterdesk.exchange.targets import AGE, CODE, FAMILY_FIRST, FULL_NAME, PATRONYMIC

ROW_NUMBERS: Final = (
    "№", "#", "no", "nr", "n", "s/n", "sn", "row", "row number", "no.", "n/n", "sıra", "sıra №", "sıra nömrəsi", "s/s",
    "sıra sayı", "№ п/п", "п/п", "пп", "номер по порядку", "_index",
)  # fmt: skip

TOTALS: Final = ("total", "totals", "cəmi", "yekun", "toplam", "итого", "всего", "итог")

WORDS: Final[dict[str, tuple[str, ...]]] = {
    CODE: (
        "id", "code", "case id", "case no", "case number", "case code", "file no", "file number", "record id",
        "record number", "client id", "client code", "survivor code", "beneficiary id", "beneficiary code",
        "unique id", "unique identifier", "external id", "registration number", "registration no", "reg no",
        "resident code", "kod", "kodu", "şəxsi kod", "iş nömrəsi", "işin nömrəsi", "iş №", "işin №",
        "qeydiyyat nömrəsi", "qeydiyyat №", "qeydiyyat kodu", "identifikator", "код", "номер дела", "№ дела",
        "номер карточки", "№ карточки", "регистрационный номер", "рег. номер", "рег. №", "идентификатор",
        "личный код", "_uuid", "instanceid", "meta/instanceid", "_id", "uuid",
    ),
    FULL_NAME: (
        "name", "full name", "name and surname", "name, surname", "name surname", "first and last name", "person",
        "resident", "ad", "ad soyad", "ad, soyad", "adı soyadı", "adı, soyadı", "adı və soyadı", "ad və soyad",
        "ad, soyad, ata adı", "sakin", "имя", "имя и фамилия", "имя, фамилия", "имя фамилия", "проживающая",
        "проживающий",
    ),
    FAMILY_FIRST: (
        "surname and name", "surname, name", "surname name", "last name, first name", "soyad ad", "soyad, ad",
        "soyadı, adı", "soyadı adı", "soyad, ad, ata adı", "soyadı, adı, atasının adı", "soyadı, adı, ata adı",
        "soyad ad ata adı", "s.a.a.", "saa", "a.s.a.", "фио", "ф.и.о.", "фамилия имя отчество",
        "фамилия, имя, отчество", "фамилия и имя", "фамилия, имя", "фамилия имя",
    ),
    PATRONYMIC: (
        "patronymic", "middle name", "father's name", "fathers name", "ata adı", "atasının adı", "отчество",
    ),
    AGE: ("age", "age (years)", "yaş", "yaşı", "возраст", "полных лет"),
    "person.given_names": (
        "first name", "given name", "given names", "forename", "christian name", "ad", "adı", "имя", "имена",
    ),
    "person.family_name": ("surname", "last name", "family name", "second name", "soyad", "soyadı", "фамилия"),
    "person.short_name": (
        "short name", "nickname", "known as", "called", "pseudonym", "ləqəb", "qısa ad", "təxəllüs", "псевдоним",
        "краткое имя", "как зовут",
    ),
    "person.other_names": (
        "other names", "other name", "maiden name", "also known as", "alias", "digər adlar", "digər adları",
        "qızlıq soyadı", "другие имена", "девичья фамилия",
    ),
    "person.birth": (
        "date of birth", "birth date", "birthdate", "dob", "d.o.b.", "birthday", "born", "year of birth",
        "birth year", "doğum tarixi", "təvəllüdü", "təvəllüd", "doğum ili", "doğulduğu tarix", "doğulduğu il",
        "anadan olduğu tarix", "anadan olub", "дата рождения", "год рождения", "д.р.", "г.р.", "д/р", "родилась",
        "родился", "день рождения",
    ),
    "person.gender": ("gender", "sex", "cins", "cinsi", "cinsiyyət", "cinsiyyəti", "gender identity", "пол", "гендер"),
    "person.citizenships": (
        "citizenship", "citizenships", "nationality", "country of citizenship", "country of origin", "country",
        "vətəndaşlıq", "vətəndaşlığı", "ölkə", "mənşə ölkəsi", "гражданство", "страна", "страна происхождения",
        "подданство",
    ),
    "person.languages": (
        "language", "languages", "language spoken", "languages spoken", "primary language", "secondary language",
        "mother tongue", "first language", "second language", "dil", "dili", "dillər", "bildiyi dillər",
        "danışdığı dil", "danışdığı dillər", "ana dili", "язык", "языки", "родной язык", "владение языками",
        "какими языками владеет",
    ),
    "person.needs_interpreter": (
        "interpreter", "interpreter needed", "needs interpreter", "tərcüməçi", "tərcüməçi lazımdır",
        "tərcüməçiyə ehtiyac", "переводчик", "нужен переводчик", "нуждается в переводчике",
    ),
    "person.civil_status": (
        "marital status", "civil status", "family status", "ailə vəziyyəti", "nikah vəziyyəti", "семейное положение",
        "семейный статус",
    ),
    "person.children": (
        "children", "number of children", "no of children", "uşaq sayı", "uşaqların sayı", "uşaqlar", "övlad sayı",
        "дети", "количество детей", "число детей", "кол-во детей",
    ),
    "person.education": (
        "education", "education level", "level of education", "highest level of education", "schooling", "təhsil",
        "təhsili", "təhsil səviyyəsi", "образование", "уровень образования",
    ),
    "person.document_number": (
        "passport", "passport no", "passport number", "id number", "id card", "id card number", "document number",
        "identity number", "identity document", "national id", "national id number", "personal number", "fin",
        "fin kod", "fin kodu", "fin-kod", "şəxsiyyət vəsiqəsi", "şəxsiyyət vəsiqəsinin nömrəsi", "vəsiqə nömrəsi",
        "pasport", "pasport nömrəsi", "pasport №", "паспорт", "номер паспорта", "паспортные данные", "документ",
        "номер документа", "удостоверение личности", "фин", "фин-код", "фин код",
    ),
    "person.phone": (
        "phone", "phone number", "telephone", "tel", "tel.", "mobile", "mobile phone", "cell phone", "contact number",
        "contact phone", "home phone", "telefon", "telefonu", "telefon nömrəsi", "mobil", "mobil nömrə",
        "mobil telefon", "əlaqə nömrəsi", "ev telefonu", "телефон", "тел", "тел.", "номер телефона", "мобильный",
        "мобильный телефон", "контактный телефон", "домашний телефон",
    ),
    "person.phone_when": ("when to call", "safe time to call", "best time to call", "zəng vaxtı", "когда звонить"),
    "person.emergency_contact": (
        "emergency contact", "contact person", "next of kin", "əlaqə şəxsi", "təcili əlaqə", "təcili əlaqə şəxsi",
        "контактное лицо", "экстренный контакт",
    ),
    "person.family_lives_in": (
        "family lives in", "family address", "where family lives", "ailəsi harada yaşayır", "ailənin ünvanı",
        "ailənin yaşadığı yer", "где живёт семья", "адрес семьи", "место жительства семьи",
    ),
    "person.must_know": (
        "allergies", "allergy", "must know", "medical alert", "important", "allergiya", "allergiyası", "vacib",
        "аллергия", "аллергии", "важно",
    ),
    "person.strengths": (
        "strengths", "skills", "güclü tərəfləri", "bacarıqlar", "bacarıqları", "сильные стороны", "навыки",
    ),
    "person.safety": (
        "safety", "risk", "risks", "safety concerns", "security concerns", "təhlükəsizlik", "risklər", "безопасность",
        "риски",
    ),
    "person.exploitation_types": (
        "type of exploitation", "types of exploitation", "exploitation", "exploitation type", "form of exploitation",
        "istismar növü", "istismarın növü", "istismar forması", "istismar", "вид эксплуатации", "тип эксплуатации",
        "форма эксплуатации", "эксплуатация",
    ),
    "person.control_methods": (
        "methods of control", "means of control", "nəzarət üsulları", "nəzarət üsulu", "методы контроля",
        "средства контроля",
    ),
    "person.recruitment_methods": (
        "method of recruitment", "methods of recruitment", "recruitment", "recruitment method", "cəlb etmə üsulu",
        "cəlbetmə üsulu", "способ вербовки", "вербовка", "методы вербовки",
    ),
    "person.labour_sector": (
        "forced labour industry", "forced labor industry", "sector", "industry", "labour sector", "sahə", "iş sahəsi",
        "отрасль", "сфера", "сектор",
    ),
    "person.registered_on": (
        "registered", "registered on", "registration date", "date registered", "date of registration", "intake date",
        "date of intake", "admission date", "date of admission", "arrival date", "date of arrival", "arrived",
        "case opened", "date opened", "qeydiyyat tarixi", "qeydiyyata alındığı tarix", "qeydiyyata alınma tarixi",
        "qəbul tarixi", "gəliş tarixi", "gəldiyi tarix", "daxil olma tarixi", "daxil olduğu tarix",
        "yerləşdirilmə tarixi", "дата регистрации", "дата поступления", "дата заселения", "дата приёма",
        "дата приема", "дата прибытия", "поступила",
    ),
    "person.site": ("site", "shelter", "house", "ev", "sığınacaq", "filial", "приют", "дом", "филиал"),
    "status_since.status": (
        "trafficking status", "identification status", "victim status", "status of identification", "status",
        "identifikasiya statusu", "insan alveri statusu", "status", "statusu", "статус", "статус идентификации",
        "статус жертвы",
    ),
    "status_since.since": (
        "date of identification", "identification date", "status date", "identifikasiya tarixi", "дата идентификации",
    ),
    "status_since.decided_by": (
        "identified by", "decision making organization", "decided by", "kim tərəfindən identifikasiya edilib",
        "identifikasiya edən qurum", "кем идентифицирована", "кто идентифицировал",
    ),
    "referral.referred_on": (
        "referral date", "date of referral", "referred on", "incoming referral date", "yönləndirmə tarixi",
        "yönləndirildiyi tarix", "göndərilmə tarixi", "дата направления", "дата перенаправления", "дата обращения",
    ),
    "referral.source": (
        "referral source", "source of referral", "referred by", "referred from", "how did she come", "yönləndirən",
        "kim yönləndirib", "müraciət mənbəyi", "yönləndirmə mənbəyi", "haradan gəlib", "кем направлена",
        "кем направлен", "источник направления", "откуда направлена", "источник",
    ),
    "referral.organisation": (
        "referring organisation", "referring organization", "referring agency", "yönləndirən təşkilat",
        "yönləndirən qurum", "göndərən təşkilat", "направившая организация", "организация",
    ),
    "referral.contact": (
        "referring person", "referring case worker", "referral contact", "yönləndirən şəxs", "направившее лицо",
        "контакт в организации",
    ),
    "referral.reason": (
        "reason for referral", "referral reason", "yönləndirmə səbəbi", "müraciətin səbəbi", "причина направления",
        "причина обращения",
    ),
    "referral.details": ("referral details", "referral notes", "yönləndirmə təfərrüatı", "подробности направления"),
    "consent.answer": (
        "consent", "informed consent", "consent given", "razılıq", "razılığı", "razılıq verib", "razılıq alınıb",
        "согласие", "информированное согласие", "согласие получено",
    ),
    "consent.answered_on": ("consent date", "date of consent", "razılıq tarixi", "дата согласия"),
    "phase_since.phase": (
        "phase", "stage", "case status", "status of case", "status", "mərhələ", "mərhələsi", "işin statusu",
        "işin vəziyyəti", "status", "statusu", "этап", "фаза", "стадия", "статус дела", "статус",
    ),
    "worker_since.member": (
        "worker", "case worker", "caseworker", "case owner", "case manager", "social worker", "responsible",
        "keyworker", "key worker", "kurator", "sosial işçi", "məsul şəxs", "iş üzrə məsul", "cavabdeh", "соцработник",
        "социальный работник", "куратор", "ответственный", "ведущий случай", "кейс-менеджер",
    ),
    "note.case_text": (
        "comment", "comments", "note", "notes", "remark", "remarks", "case comment", "case notes", "description",
        "qeyd", "qeydlər", "əlavə qeydlər", "əlavə məlumat", "izahat", "şərh", "примечание", "примечания",
        "комментарий", "комментарии", "заметки", "дополнительная информация", "описание",
    ),
    "note.medical_text": (
        "health", "medical notes", "health notes", "diagnosis", "sağlamlıq", "səhhəti", "diaqnoz", "здоровье",
        "диагноз", "состояние здоровья",
    ),
    "note.legal_text": (
        "legal notes", "legal case", "court case", "hüquqi qeydlər", "məhkəmə işi", "юридические заметки",
    ),
    "stay.left_on": (
        "date of leaving", "leaving date", "departure date", "date of departure", "exit date", "date of exit",
        "discharge date", "left on", "ayrılma tarixi", "çıxış tarixi", "getdiyi tarix", "дата выбытия", "дата выезда",
        "дата выселения",
    ),
    "stay.leaving_reason": (
        "reason for leaving", "reason of leaving", "exit reason", "ayrılma səbəbi", "причина выбытия",
    ),
    "stay.destination": ("destination", "left to", "hara getdi", "куда выбыла"),
    "risk_since.level": ("risk level", "level of risk", "risk səviyyəsi", "уровень риска"),
    "identity_document.expires_on": ("passport expiry", "passport valid until", "document expiry date"),
    "note.clinical_text": ("psychological notes", "psikoloji qeydlər", "psixoloji qeydlər", "заметки психолога"),
}  # fmt: skip
"""Target id → names of columns. One name may stand under several; the values of the column then decide."""
