"""Who a person is: gender, family, schooling, papers, languages spoken, with whom."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import NOT_KNOWN, RESERVED, Code, CodeList

_NOT_KNOWN_GENDER = Code(
    NOT_KNOWN,
    RESERVED[0].label,
    {"htcds": "NonSpecifiedUnknown"},
    aliases=(*RESERVED[0].aliases, "Not Specified/Unknown", "Not specified"),
)

# The group decides on which line of a summary a person is counted, together with the age on that day.
GENDERS = CodeList(
    "genders",
    (
        Code(
            "woman",
            N_("Woman or girl"),
            {"htcds": "Feminine", "gbvims": "F"},
            "feminine",
            aliases=("female", "f", "woman", "girl", "qadın", "qız", "q", "женский", "жен", "ж", "женщина", "девочка"),
        ),
        Code(
            "man",
            N_("Man or boy"),
            {"htcds": "Masculine", "gbvims": "M"},
            "masculine",
            aliases=("male", "m", "man", "boy", "kişi", "oğlan", "k", "мужской", "муж", "м", "мужчина", "мальчик"),
        ),
        Code("trans_woman", N_("Trans woman or girl"), {"htcds": "TransgenderFeminine"}, "feminine"),
        Code("trans_man", N_("Trans man or boy"), {"htcds": "TransgenderMasculine"}, "masculine"),
        Code("non_binary", N_("Neither woman nor man"), {"htcds": "NonConforming"}, "other", aliases=("non-binary",)),
        Code("own_words", N_("Describes themselves as…"), {"htcds": "NonConforming"}, "other"),
    ),
    reserved=(_NOT_KNOWN_GENDER, RESERVED[1], RESERVED[2]),
)

# GBVIMS joins some of these; its values are those of the standard intake form.
CIVIL_STATUSES = CodeList(
    "civil_statuses",
    (
        Code(
            "single",
            N_("Single"),
            {"htcds": "Single", "gbvims": "Single"},
            aliases=("never married", "subay", "не замужем", "холост"),
        ),
        Code(
            "married",
            N_("Married"),
            {"htcds": "Married", "gbvims": "Married / Cohabiting"},
            aliases=("evli", "замужем", "женат"),
        ),
        Code(
            "partnership",
            N_("Registered partnership"),
            {"htcds": "RegisteredPartnership", "gbvims": "Married / Cohabiting"},
        ),
        Code("living_together", N_("Living together"), {"gbvims": "Married / Cohabiting"}, aliases=("cohabiting",)),
        Code("religious_marriage", N_("Religious marriage only"), {"gbvims": "Married / Cohabiting"}),
        Code("separated", N_("Separated"), {"htcds": "Separated", "gbvims": "Divorced / Separated"}),
        Code(
            "divorced",
            N_("Divorced"),
            {"htcds": "Divorced", "gbvims": "Divorced / Separated"},
            aliases=("boşanmış", "в разводе", "разведена", "разведен"),
        ),
        Code(
            "widowed",
            N_("Widowed"),
            {"htcds": "Widowed", "gbvims": "Widowed"},
            aliases=("widow", "widower", "dul", "вдова", "вдовец"),
        ),
    ),
)

# ISCED 2011 levels, as in HTCDS; «no schooling» is our own first step.
EDUCATION_LEVELS = CodeList(
    "education_levels",
    (
        Code("no_schooling", N_("No schooling"), aliases=("none", "təhsilsiz", "без образования")),
        Code("early_childhood", N_("Early childhood education"), {"htcds": "EarlyChildhoodEducation", "isced": "0"}),
        Code("primary", N_("Primary school"), {"htcds": "PrimaryEducation", "isced": "1"}, aliases=("primary",)),
        Code(
            "lower_secondary",
            N_("Lower secondary school, about nine years"),
            {"htcds": "LowerSecondaryEducation", "isced": "2"},
        ),
        Code(
            "upper_secondary",
            N_("Upper secondary school, about eleven years"),
            {"htcds": "UpperSecondaryEducation", "isced": "3"},
            aliases=("secondary", "orta", "orta təhsil", "среднее"),
        ),
        Code(
            "post_secondary",
            N_("Vocational school after secondary"),
            {"htcds": "PostSecondaryNonTertiaryEducation", "isced": "4"},
            aliases=("vocational", "peşə", "среднее специальное"),
        ),
        Code(
            "short_tertiary",
            N_("College"),
            {"htcds": "ShortCycleTertiaryEducation", "isced": "5"},
            aliases=("kollec", "колледж"),
        ),
        Code(
            "bachelor",
            N_("Bachelor’s degree"),
            {"htcds": "BachelorsOrEquivalentLevel", "isced": "6"},
            aliases=("Bachelor's or equivalent level", "university", "higher", "ali", "высшее"),
        ),
        Code("master", N_("Master’s degree"), {"htcds": "MastersOrEquivalentLevel", "isced": "7"}),
        Code("doctor", N_("Doctor’s degree"), {"htcds": "DoctoralOrEquivalentLevel", "isced": "8"}),
    ),
)

YES_NO = CodeList(
    "yes_no",
    (
        Code("yes", N_("Yes"), aliases=("y", "true", "1", "x", "bəli", "hə", "var", "да", "есть")),
        Code("no", N_("No"), aliases=("n", "false", "0", "xeyr", "yox", "нет")),
    ),
)

MIGRATION_STATUSES = CodeList(
    "migration_statuses",
    (
        Code("lives_here", N_("Lives in this country"), aliases=("resident", "citizen")),
        Code("internally_displaced", N_("Internally displaced person"), aliases=("idp", "məcburi köçkün")),
        Code("labour_migrant", N_("Came to work")),
        Code("family_migrant", N_("Came to join family")),
        Code("student", N_("Came to study")),
        Code("visitor", N_("Came to visit"), aliases=("tourist",)),
        Code("asylum_seeker", N_("Asks for asylum"), aliases=("asylum seeker",)),
        Code("refugee", N_("Refugee"), aliases=("qaçqın", "беженец", "беженка")),
        Code("complementary_protection", N_("Has complementary protection")),
        Code("stateless", N_("Stateless person")),
        Code("returnee", N_("Returned from abroad"), aliases=("returnee",)),
        Code("deportee", N_("Was sent back from abroad"), aliases=("deportee",)),
        Code("stranded", N_("Stranded on the way")),
        Code("irregular", N_("Without a permit to stay")),
        Code("unaccompanied_child", N_("Child without a parent or guardian")),
        Code("other", N_("Other")),
    ),
    open=True,
)

DOCUMENT_KINDS = CodeList(
    "document_kinds",
    (
        Code("identity_card", N_("Identity card")),
        Code("passport", N_("Passport")),
        Code("birth_certificate", N_("Birth certificate")),
        Code("residence_permit", N_("Residence permit")),
        Code("travel_document", N_("Travel document")),
        Code("education_certificate", N_("School or course certificate")),
        Code("work_record", N_("Work record")),
        Code("power_of_attorney", N_("Power of attorney")),
        Code("court_paper", N_("Court paper"), listed=N_("Paper")),
        Code("medical_paper", N_("Medical paper"), listed=N_("Paper")),
        Code("other", N_("Other")),
    ),
    open=True,
)

INTERPRETING_NEEDS = CodeList(
    "interpreting_needs",
    (
        Code("none", N_("No interpreter")),
        Code("by_phone", N_("By phone")),
        Code("in_person", N_("In person")),
        Code("sign_language", N_("Sign language")),
    ),
)
