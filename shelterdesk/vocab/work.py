"""Partners, work, courses and sectors."""

from __future__ import annotations

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList

PARTNER_KINDS = CodeList(
    "partner_kinds",
    (
        Code("company", N_("Company"), {"htcds": "CorporateBusiness"}, "work"),
        Code("school", N_("School, college or course"), {"htcds": "SchoolOrCollege"}, "education"),
        Code("ngo", N_("Organisation"), {"htcds": "NGO"}, "support"),
        Code("police", N_("Police"), {"htcds": "LawEnforcement"}, "state"),
        Code("health", N_("Hospital or clinic"), {"htcds": "HealthServiceOrganisation"}, "support"),
        Code("central_government", N_("Central state body"), {"htcds": "CentralGovernmentOrganisation"}, "state"),
        Code("local_government", N_("Local state body"), {"htcds": "LocalGovernmentOrganisation"}, "state"),
        Code("migration_service", N_("Migration service"), {"htcds": "ImmigrationService"}, "state"),
        Code("legal", N_("Legal service"), {"htcds": "LegalService"}, "support"),
        Code("employment_service", N_("Employment service"), group="work"),
        Code("private_household", N_("Private household"), group="work"),
        Code("other", N_("Other"), group="support"),
    ),
    open=True,
)

# The group tells work from learning, which summaries count apart.
PLACEMENT_KINDS = CodeList(
    "placement_kinds",
    (
        Code("work", N_("Work"), group="work"),
        Code("trial", N_("Trial work"), group="work"),
        Code("apprenticeship", N_("Apprenticeship"), group="work"),
        Code("internship", N_("Internship"), group="work"),
        Code("course", N_("Vocational course"), group="course"),
        Code("short_training", N_("Short training"), group="course"),
        Code("school", N_("School or study"), group="course"),
        Code("business_grant", N_("Small business with a grant"), group="own_business"),
        Code("own_business", N_("Own business"), group="own_business"),
        Code("volunteering", N_("Volunteering"), group="other"),
    ),
    open=True,
)

PLACEMENT_STAGES = CodeList(
    "placement_stages",
    (
        Code("looking", N_("Looking")),
        Code("applied", N_("Applied")),
        Code("trial", N_("Trial")),
        Code("working", N_("Working")),
        Code("ended", N_("Ended")),
    ),
)

PLACEMENT_END_REASONS = CodeList(
    "placement_end_reasons",
    (
        Code("completed", N_("Completed"), group="completed"),
        Code("taken_on", N_("Taken on for good"), group="completed"),
        Code("better_work", N_("Found something better"), group="own_choice"),
        Code("own_choice", N_("Own choice"), group="own_choice"),
        Code("contract_ended", N_("Contract ended"), group="other_side"),
        Code("other_side", N_("Partner ended it"), group="other_side"),
        Code("pay", N_("Not paid as agreed"), group="conditions"),
        Code("conditions", N_("Conditions were not safe"), group="conditions"),
        Code("safety", N_("Safety outside work"), group="circumstances"),
        Code("health", N_("Health"), group="circumstances"),
        Code("child_care", N_("Child care"), group="circumstances"),
        Code("moved", N_("Moved away"), group="circumstances"),
        Code("did_not_begin", N_("Did not begin"), group="circumstances"),
        Code("other", N_("Other"), group="other"),
    ),
    open=True,
)

# Sections of ISIC Rev. 4, as HTCDS uses them.
SECTORS = CodeList(
    "sectors",
    (
        Code(
            "agriculture",
            N_("Agriculture, forestry and fishing"),
            {"htcds": "A_AgricultureForestryAndFishing", "isic": "A"},
        ),
        Code("mining", N_("Mining and quarrying"), {"htcds": "B_MiningAndQuarrying", "isic": "B"}),
        Code("manufacturing", N_("Manufacturing"), {"htcds": "C_Manufacturing", "isic": "C"}),
        Code(
            "energy",
            N_("Electricity, gas and steam"),
            {"htcds": "D_ElectricityGasSteamAndAirConditioningSupply", "isic": "D"},
            aliases=("Electricity, gas, steam and air conditioning supply",),
        ),
        Code(
            "water",
            N_("Water, sewerage and waste"),
            {"htcds": "E_WaterSupplySewerageWasteManagement", "isic": "E"},
            aliases=("Water supply; sewerage, waste management and remediation",),
        ),
        Code("construction", N_("Construction"), {"htcds": "F_Construction", "isic": "F"}),
        Code(
            "trade",
            N_("Trade and repair of vehicles"),
            {"htcds": "G_WholesaleAndRetailTradeRepairOfMotorVehicles", "isic": "G"},
            aliases=("Wholesale and retail trade; repair of motor vehicles and motorcycles",),
        ),
        Code(
            "transport",
            N_("Transport and storage"),
            {"htcds": "H_TransportationAndStorage", "isic": "H"},
            aliases=("Transportation and storage",),
        ),
        Code(
            "accommodation_food",
            N_("Hotels, kitchens and food"),
            {"htcds": "I_AccommodationAndFoodServiceActivities", "isic": "I"},
            aliases=("Accommodation and food service activities",),
        ),
        Code(
            "information",
            N_("Information and communication"),
            {"htcds": "J_InformationAndCommunication", "isic": "J"},
        ),
        Code(
            "finance",
            N_("Finance and insurance"),
            {"htcds": "K_FinancialAndInsuranceActivities", "isic": "K"},
            aliases=("Financial and insurance activities",),
        ),
        Code(
            "real_estate",
            N_("Real estate"),
            {"htcds": "L_RealEstateActivities", "isic": "L"},
            aliases=("Real estate activities",),
        ),
        Code(
            "professional",
            N_("Professional and technical services"),
            {"htcds": "M_ProfessionalScientificAndTechnicalActivities", "isic": "M"},
            aliases=("Professional, scientific and technical activities",),
        ),
        Code(
            "administrative",
            N_("Cleaning, office and support services"),
            {"htcds": "N_AdministrativeAndSupportServiceActivities", "isic": "N"},
            aliases=("Administrative and support service activities",),
        ),
        Code(
            "public_administration",
            N_("Public administration"),
            {"htcds": "O_PublicAdministrationAndDefence", "isic": "O"},
            aliases=("Public administration and defence; compulsory social security",),
        ),
        Code("education", N_("Education"), {"htcds": "P_Education", "isic": "P"}),
        Code(
            "health_social",
            N_("Health and social work"),
            {"htcds": "Q_HumanHealthAndSocialWorkActivities", "isic": "Q"},
            aliases=("Human health and social work activities",),
        ),
        Code(
            "arts",
            N_("Arts and recreation"),
            {"htcds": "R_ArtsEntertainmentAndRecreation", "isic": "R"},
            aliases=("Arts, entertainment and recreation",),
        ),
        Code(
            "other_services",
            N_("Hairdressing, repair and other services"),
            {"htcds": "S_OtherServiceActivities", "isic": "S"},
            aliases=("Other service activities",),
        ),
        Code(
            "households",
            N_("Work in private households"),
            {"htcds": "T_ActivitiesOfHouseholdsAsEmployers", "isic": "T"},
            aliases=(
                "Activities of households as employers",
                (
                    "Activities of households as employers; undifferentiated goods- and services- producing "
                    "activities of households for own use"
                ),
            ),
        ),
        Code(
            "international",
            N_("International organisations"),
            {"htcds": "U_ActivitiesOfExtraterritorialOrganizations", "isic": "U"},
            aliases=("Activities of extraterritorial organizations and bodies",),
        ),
    ),
)
