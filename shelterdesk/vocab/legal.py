"""Legal matters: what they are about, who decides, the stages of each kind, and how they end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shelterdesk.i18n import N_
from shelterdesk.vocab.lists import Code, CodeList, base_of

LEGAL_MATTERS = CodeList(
    "legal_matters",
    (
        Code(
            "criminal_injured",
            N_("Criminal case, as the injured party"),
            aliases=("criminal case", "cinayət işi", "уголовное дело"),
        ),
        Code("compensation", N_("Compensation"), aliases=("kompensasiya", "компенсация")),
        Code("labour_claim", N_("Claim for wages or work"), aliases=("labour claim", "əmək iddiası", "трудовой спор")),
        Code("residence", N_("Residence and stay in the country"), aliases=("residence", "yaşayış icazəsi", "ВНЖ")),
        Code("documents", N_("Papers and registration"), aliases=("documents", "sənədlər", "документы")),
        Code("family", N_("Divorce, children, maintenance"), aliases=("family", "ailə", "семья", "развод")),
        Code("guardianship", N_("Guardianship"), aliases=("qəyyumluq", "опека")),
        Code("protection_order", N_("Protection order"), aliases=("mühafizə orderi", "защитный ордер")),
        Code("other", N_("Another matter")),
    ),
    open=True,
)

LEGAL_BODIES = CodeList(
    "legal_bodies",
    (
        Code("court", N_("Court"), aliases=("məhkəmə", "суд")),
        Code("prosecution", N_("Prosecution"), aliases=("prokurorluq", "прокуратура")),
        Code("police", N_("Police"), aliases=("polis", "полиция")),
        Code("anti_trafficking", N_("Anti-trafficking department")),
        Code("migration", N_("Migration service"), aliases=("miqrasiya xidməti", "миграционная служба")),
        Code("labour_inspection", N_("Labour inspection"), aliases=("əmək müfəttişliyi", "инспекция труда")),
        Code("social_protection", N_("Social protection authority")),
        Code("guardianship", N_("Guardianship authority"), aliases=("qəyyumluq orqanı", "орган опеки")),
        Code("local_executive", N_("Local executive power"), aliases=("icra hakimiyyəti", "исполнительная власть")),
        Code("registry", N_("Registry or passport office"), aliases=("asan", "asan xidmət", "загс", "паспортный стол")),
        Code("enforcement", N_("Enforcement officer"), aliases=("icra məmuru", "судебный исполнитель")),
        Code("embassy", N_("Embassy or consulate"), aliases=("səfirlik", "посольство")),
        Code("ombudsman", N_("Ombudsperson")),
        Code("other", N_("Other")),
    ),
    open=True,
)

LEGAL_STAGES = CodeList(
    "legal_stages",
    (
        Code("prepared", N_("Being prepared")),
        Code("talks", N_("Talks or mediation")),
        Code("reported", N_("Reported to the police or the prosecution")),
        Code("filed", N_("Application or claim handed in")),
        Code("inspection", N_("With the labour inspection")),
        Code("papers_missing", N_("Further papers asked for")),
        Code("waiting", N_("Waiting for the answer")),
        Code("investigation", N_("Under investigation")),
        Code("suspended", N_("Suspended")),
        Code("to_court", N_("Sent to court")),
        Code("first_instance", N_("Before the court")),
        Code("appeal", N_("Appeal")),
        Code("cassation", N_("Before the highest court")),
        Code("decided", N_("Decided")),
        Code("enforcement", N_("The decision is carried out")),
        Code("ready", N_("Ready to be collected")),
    ),
    open=True,
)

LEGAL_RESULTS = CodeList(
    "legal_results",
    (
        Code("in_favour", N_("Decided in her favour")),
        Code("partly", N_("Decided partly in her favour")),
        Code("against", N_("Decided against her")),
        Code("settled", N_("Settled by agreement")),
        Code("given", N_("The paper was given")),
        Code("closed_without", N_("Closed without a decision")),
        Code("withdrawn", N_("She withdrew it")),
        Code("handed_over", N_("Handed over to somebody else")),
        Code("other", N_("Another result")),
    ),
)

_BEFORE_A_COURT: Final = ("first_instance", "appeal", "cassation", "decided", "enforcement")
_STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "criminal_injured": ("prepared", "reported", "investigation", "suspended", "to_court", *_BEFORE_A_COURT),
    "compensation": ("prepared", "talks", "filed", *_BEFORE_A_COURT),
    "labour_claim": ("prepared", "talks", "inspection", "filed", *_BEFORE_A_COURT),
    "residence": ("prepared", "filed", "papers_missing", "waiting", "appeal", "decided", "ready"),
    "documents": ("prepared", "filed", "papers_missing", "waiting", "ready"),
    "family": ("prepared", "talks", "filed", *_BEFORE_A_COURT),
    "guardianship": ("prepared", "filed", "papers_missing", "waiting", "first_instance", "appeal", "decided"),
    "protection_order": ("prepared", "filed", "first_instance", "decided", "appeal", "enforcement"),
}
"""The stages a kind of matter usually goes through, in their order; of any other kind all of them are offered."""


def stages_for(kind: str | None) -> tuple[str, ...]:
    """Return the stages that are offered for a matter of *kind*, in their usual order."""
    everything = tuple(code.code for code in LEGAL_STAGES)
    return _STAGES.get(base_of(kind), everything) if kind else everything
