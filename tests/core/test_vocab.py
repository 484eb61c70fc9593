from __future__ import annotations

import re

import pytest

from shelterdesk import vocab

# Every value of HTCDS 2.0 (lists L1–L15 and L17–L21): list of ours, then «system name = label» pairs.
HTCDS = {
    "PARTNER_KINDS": """NGO = NGO; LawEnforcement = Law Enforcement; HealthServiceOrganisation = Health Service
        Organisation; CentralGovernmentOrganisation = Central Government Organisation; LocalGovernmentOrganisation =
        Local Government Organisation; ImmigrationService = Immigration Service; LegalService = Legal Service;
        CorporateBusiness = Corporate Business; SchoolOrCollege = School or College""",
    "GENDERS": """Feminine = Feminine; Masculine = Masculine; TransgenderFeminine = Transgender Feminine;
        TransgenderMasculine = Transgender Masculine; NonConforming = Non-Conforming; NonSpecifiedUnknown = Not
        Specified/Unknown""",
    "CIVIL_STATUSES": """Single = Single; Married = Married; Widowed = Widowed; Divorced = Divorced; Separated =
        Separated; RegisteredPartnership = Registered Partnership""",
    "EDUCATION_LEVELS": """EarlyChildhoodEducation = Early Childhood Education; PrimaryEducation = Primary Education;
        LowerSecondaryEducation = Lower Secondary Education; UpperSecondaryEducation = Upper Secondary Education;
        PostSecondaryNonTertiaryEducation = Post-secondary Non-tertiary Education; ShortCycleTertiaryEducation =
        Short-cycle Tertiary Education; BachelorsOrEquivalentLevel = Bachelor’s or Equivalent Level;
        MastersOrEquivalentLevel = Master’s or Equivalent Level; DoctoralOrEquivalentLevel = Doctoral or Equivalent
        Level""",
    "STATUSES": """PossibleVictimOfTrafficking = Possible victim of trafficking; ActualVictimOfTrafficking = Actual
        victim of trafficking; NotAVictimOfTrafficking = Not a victim of trafficking""",
    "DECIDING_BODIES": """Police = Police; NGO = NGO; CourtOrProsecution = Court or prosecution;
        NonPoliceGovernmentalOrganization = Non-police governmental organization; Other = Other""",
    "RELATIONSHIPS": "Familial = Familial; Acquainted = Acquainted; Unaquainted = Unaquainted",
    "WEBSITES": """Facebook = Facebook; Instagram = Instagram; WhatsApp = WhatsApp; Telegram = Telegram;
        FacebookMessenger = Facebook Messenger; Viber = Viber; SnapChat = SnapChat; Line = Line; 4Sale = 4Sale;
        WeChat = WeChat; QQ = QQ; QZone = QZone; TikTok = TikTok; Twitter = Twitter; Other = Other""",
    "RECRUITMENT_METHODS": """AtAPlaceOfBusiness = At a place of business; AtAnEducationalInstitution = At an
        educational institution; AtWork = At work; ThroughOnlineSocialNetworks = Through online social networks;
        ThroughAnOnlineAdvertisement = Through an online advertisement; ThroughATelevisionAdvert = Through a
        television advert; ThroughANewspaperAdvert = Through a newspaper advert; ThroughFamilyOrFamilyEvents =
        Through family or family events; ThroughFriendsOrSocialEvents = Through friends or social events;
        Other = Other""",
    "CONTROL_METHODS": """PhysicalThreats = Physical threats; ThreatsLawEnforcement = Threats of law enforcement;
        ThreatensChildrenFamily = Threatens children/family; DebtBondage = Debt bondage; FalsePromises = False
        promises; PhysicalAbuse = Physical abuse; SexualAbuse = Sexual abuse; TakesEarnings = Takes earnings;
        RestrictsFinancialAccess = Restricts financial access; RestrictsMedicalCare = Restricts medical care;
        WithholdsNecessities = Withholds necessities; PsychologicalAbuse = Psychological abuse;
        PsychoactiveSubstance = Psychoactive substance; ExcessiveWorkingHours = Excessive working hours;
        WithholdsDocuments = Withholds documents; Other = Other""",
    "EXPLOITATION_TYPES": """ForcedLabour = Forced labour; SexualExploitation = Sexual exploitation; ChildLabour =
        Child labour; ForcedMarriage = Forced marriage; Servitude = Servitude; ForcedMilitaryByNonStateActors =
        Forced military (by non-state actors); OrganRemoval = Organ removal; ForcedBegging = Forced begging;
        ForcedAdoption = Forced adoption; Surrogacy = Surrogacy; Other = Other""",
    "SECTORS": """A_AgricultureForestryAndFishing = Agriculture, forestry and fishing; B_MiningAndQuarrying = Mining
        and quarrying; C_Manufacturing = Manufacturing; D_ElectricityGasSteamAndAirConditioningSupply = Electricity,
        gas, steam and air conditioning supply; E_WaterSupplySewerageWasteManagement = Water supply| sewerage, waste
        management and remediation; F_Construction = Construction; G_WholesaleAndRetailTradeRepairOfMotorVehicles =
        Wholesale and retail trade| repair of motor vehicles and motorcycles; H_TransportationAndStorage =
        Transportation and storage; I_AccommodationAndFoodServiceActivities = Accommodation and food service
        activities; J_InformationAndCommunication = Information and communication; K_FinancialAndInsuranceActivities
        = Financial and insurance activities; L_RealEstateActivities = Real estate activities;
        M_ProfessionalScientificAndTechnicalActivities = Professional, scientific and technical activities;
        N_AdministrativeAndSupportServiceActivities = Administrative and support service activities;
        O_PublicAdministrationAndDefence = Public administration and defence| compulsory social security; P_Education
        = Education; Q_HumanHealthAndSocialWorkActivities = Human health and social work activities;
        R_ArtsEntertainmentAndRecreation = Arts, entertainment and recreation; S_OtherServiceActivities = Other
        service activities; T_ActivitiesOfHouseholdsAsEmployers = Activities of households as employers|
        undifferentiated goods- and services- producing activities of households for own use;
        U_ActivitiesOfExtraterritorialOrganizations = Activities of extraterritorial organizations and bodies""",
    "SEXUAL_EXPLOITATION_TYPES": """Prostitution = Prostitution; Pornography = Pornography; RemoteInteractiveServices
        = Remote Interactive Services; PrivateSexualServices = Private Sexual Services""",
    "VULNERABILITIES": """Addiction = Addiction; SocialGroup = Social Group; Discrimination = Discrimination; Poverty
        = Poverty; DisabilityAndPhysicalHealth = Disability and physical health; MentalHealth = Mental health;
        Migration = Migration; Homelessness = Homelessness; AbuseSocialMedia = Abuse - social media; AbusePhysical =
        Abuse - physical; Education = Education; WorkEnvironment = Work environment""",
    "RECORD_STATES": "Active = Active; FollowUp = Follow Up; Closed = Closed; ClosedReferred = Closed Referred",
    "REFERRAL_REASONS": """AdditionalServicesRequired = Additional Services Required; MigrationOrChangeOfLocation =
        Migration or Change of Location; Other = Other""",
    "EVENT_KINDS": "Recruitment = Recruitment; Transit = Transit; Exploitation = Exploitation",
    "SUPPORT_TYPES": """Education = Education; Financial = Financial; Health = Health;
        LabourExploitationRehabilitation = Labour Exploitation Rehabilitation; Legal = Legal; Livelihood = Livelihood;
        RightsBasedTraining = Rights-based Training; SexualExploitationRehabilitation = Sexual Exploitation
        Rehabilitation; SocialCare = Social Care""",
}
PAIRS = [
    (name, *(" ".join(part.replace("|", ";").split()) for part in pair.split(" = ")))
    for name, pairs in HTCDS.items()
    for pair in " ".join(pairs.split()).split("; ")
]
SENSITIVE = re.compile(
    r"court|lawyer|legal|police|shelter|trade|sew|family|mother|father|sister|brother|child|husband|partner|staff|"
    r"worker|safety|danger|claim|wage|custody|protection|psycholog|reintegration|traffick|statement|refuge",
    re.IGNORECASE,
)
OPEN_LIST = re.compile(r"court|police|prosecut|statement|protection order|wages|custody", re.IGNORECASE)


@pytest.mark.parametrize(("name", "system_name", "label"), PAIRS)
def test_every_htcds_value_is_understood_and_written_back(name: str, system_name: str, label: str) -> None:
    codes: vocab.CodeList = getattr(vocab, name)
    code = codes.from_standard("htcds", system_name)
    assert code is not None
    assert codes.to_standard("htcds", code) == system_name
    assert codes.from_standard("htcds", label) == code
    assert codes.from_standard("htcds", f"  {label.upper()} ") == code


def test_htcds_counts_match_the_standard() -> None:
    sizes = {name: sum(1 for pair in PAIRS if pair[0] == name) for name in HTCDS}
    assert sizes["SECTORS"] == 21
    assert sizes["CONTROL_METHODS"] == 16
    assert sizes["EXPLOITATION_TYPES"] == 11
    assert sizes["WEBSITES"] == 15
    assert sizes["EDUCATION_LEVELS"] == 9


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("RestrictsMovement", "restricts_movement"),
        ("UsesChildren", "uses_children"),
        ("Threats", "physical_threats"),
        ("ThreatOfLawEnforcement", "threats_of_police"),
        ("PsychoactiveSubstances", "substances"),
    ],
)
def test_spellings_of_the_definitions_are_understood(value: str, code: str) -> None:
    assert vocab.CONTROL_METHODS.from_standard("htcds", value) == code


def test_a_possible_status_never_becomes_more_than_potential() -> None:
    assert vocab.STATUSES.from_standard("htcds", "PossibleVictimOfTrafficking") == "potential"
    assert vocab.STATUSES.to_standard("htcds", "presumed") == "PossibleVictimOfTrafficking"


def test_other_keeps_the_value_other() -> None:
    for codes in (vocab.EXPLOITATION_TYPES, vocab.CONTROL_METHODS, vocab.REFERRAL_REASONS):
        assert codes.from_standard("htcds", "Other") == "other"


@pytest.mark.parametrize("codes", vocab.every_list(), ids=lambda codes: codes.name)
def test_codes_are_stable_names(codes: vocab.CodeList) -> None:
    names = [entry.code for entry in codes]
    assert len(names) == len(set(names))
    assert all(entry.label and entry.label == entry.label.strip() for entry in codes)
    if not isinstance(codes, vocab.PlaceList):
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
        assert not {"not_known", "prefers_not", "does_not_apply"} & set(names)


@pytest.mark.parametrize("codes", vocab.every_list(), ids=lambda codes: codes.name)
def test_every_own_label_leads_back_to_its_code(codes: vocab.CodeList) -> None:
    for entry in codes:
        assert codes.find(entry.code) == entry.code
        label = codes.label(entry.code, "en")
        # A language may be called like the code of another one; the code is then meant.
        if not isinstance(codes, vocab.PlaceList) or len(label) > 3:
            assert codes.find(label) == entry.code


def test_labels_use_no_word_from_the_avoid_list() -> None:
    avoided = re.compile(
        r"victim|client|\bcase file|perpetrator|abuser|trafficker|refused|escaped|invalid|discharge", re.IGNORECASE
    )
    for codes in vocab.every_list():
        for entry in codes:
            for words in (entry.label, entry.paper, entry.listed, entry.filed, entry.help):
                assert not avoided.search(words), words


@pytest.mark.parametrize("codes", [vocab.GOAL_KINDS, vocab.MILESTONE_KINDS, vocab.PLAN_DOMAINS])
def test_words_for_her_paper_give_nothing_away(codes: vocab.CodeList) -> None:
    for entry in codes:
        assert entry.paper
        assert not SENSITIVE.search(entry.paper), entry.paper


def test_every_domain_has_goals_and_milestones() -> None:
    assert [entry.code for entry in vocab.PLAN_DOMAINS] == ["safety", "health", "legal", "family", "work", "housing"]
    for domain in vocab.PLAN_DOMAINS:
        assert len(vocab.GOAL_KINDS.of_group(domain.code)) >= 6
        assert len(vocab.MILESTONE_KINDS.of_group(domain.code)) >= 6
    for entry in (*vocab.GOAL_KINDS, *vocab.MILESTONE_KINDS):
        assert entry.group in vocab.PLAN_DOMAINS


def test_lists_on_a_desk_name_no_court_and_no_police() -> None:
    for codes in (vocab.MILESTONE_KINDS, vocab.SERVICE_KINDS, vocab.APPOINTMENT_KINDS):
        for entry in codes:
            shown = codes.listed(entry.code, "en")
            assert not OPEN_LIST.search(shown), shown


def test_every_service_has_a_family_and_a_compartment() -> None:
    for entry in vocab.SERVICE_KINDS:
        assert entry.group in vocab.SERVICE_FAMILIES
    assert vocab.note_compartment("psychological_session") == "clinical"
    assert vocab.note_compartment("legal_advice") == "legal"
    assert vocab.note_compartment("health_check") == "medical"
    assert vocab.note_compartment("food") == "case"
    assert vocab.note_compartment(None) == "case"
    for family in vocab.SERVICE_FAMILIES:
        assert vocab.SERVICE_KINDS.of_group(family.code)


def test_reserved_answers_belong_to_every_list_but_are_not_choices() -> None:
    for codes in vocab.every_list():
        if not codes.reserved:
            # What the program itself says of a thing is always known.
            assert not codes.open
            continue
        assert vocab.NOT_KNOWN in codes
        assert codes.label(vocab.PREFERS_NOT, "en") == "Prefers not to say"
        assert vocab.DOES_NOT_APPLY not in [entry.code for entry in codes]
    assert vocab.GENDERS.to_standard("htcds", vocab.NOT_KNOWN) == "NonSpecifiedUnknown"


def test_labels_of_nothing_and_of_foreign_codes() -> None:
    assert vocab.GENDERS.label(None, "en") == "Not asked yet"
    assert vocab.GENDERS.label("own_addition", "en") == "own_addition"
    assert vocab.GENDERS.get(None) is None
    assert vocab.GENDERS.find("  ") is None
    assert vocab.GENDERS.from_standard("htcds", "") is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Qadın", "woman"),
        ("QADIN", "woman"),
        ("жен.", "woman"),
        ("F", "woman"),
        ("Kişi", "man"),
        ("unknown", "not_known"),
    ],
)
def test_gender_in_real_sheets(words: str, code: str) -> None:
    assert vocab.GENDERS.find(words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Azerbaijan", "AZ"), ("AZE", "AZ"), ("031", "AZ"), (" az ", "AZ"), ("Azərbaycan", "AZ"), ("AZƏRBAYCAN", "AZ"),
        ("Азербайджан", "AZ"), ("Russia", "RU"), ("Russian Federation", "RU"), ("РФ", "RU"), ("Turkey", "TR"),
        ("Türkiye", "TR"), ("Özbəkistan", "UZ"), ("Ukrainian", "UA"), ("UK", "GB"), ("USA", "US"), ("Сирия", "SY"),
        ("Moldova, Republic of", "MD"), ("Iran (Islamic Republic of)", "IR"), ("Viet Nam", "VN"),
    ],
)  # fmt: skip
def test_countries_are_understood(words: str, code: str) -> None:
    assert vocab.find_country(words) == code
    assert vocab.COUNTRIES.from_standard("htcds", words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("aze", "az"), ("Azerbaijani", "az"), ("azərbaycanca", "az"), ("rus", "ru"), ("Русский", "ru"), ("ger", "de"),
        ("deu", "de"), ("fas", "fa"), ("per", "fa"), ("Dari", "prs"), ("prs", "prs"), ("Uzbek", "uz"), ("ləzgi", "lez"),
        ("ukrayna", "uk"), ("Farsi", "fa"),
    ],
)  # fmt: skip
def test_languages_are_understood(words: str, code: str) -> None:
    assert vocab.find_language(words) == code


def test_places_have_names_in_three_languages() -> None:
    assert vocab.country_name("UA", "az") == "Ukrayna"
    assert vocab.country_name("UA", "ru") == "Украина"
    assert vocab.language_name("uz", "az") == "özbək"
    assert vocab.language_name("prs", "en") == "Dari"
    assert vocab.COUNTRIES.label("AZ", "ru") == "Азербайджан"
    assert vocab.COUNTRIES.label(vocab.NOT_KNOWN, "en") == "Not known"
    assert vocab.COUNTRIES.find("bilinmir") == vocab.NOT_KNOWN
    assert vocab.find_country("Atlantis") is None
    assert "ZZ" not in vocab.country_codes()
    assert len(vocab.country_codes()) == 250
    assert vocab.COUNTRIES.to_standard("htcds", "AZ") == "AZ"


@pytest.mark.parametrize("language", ["az", "en", "ru"])
def test_every_country_name_leads_back_to_its_code(language: str) -> None:
    for code in vocab.country_codes():
        assert vocab.find_country(vocab.country_name(code, language)) == code
