"""Codes about a victim (values of HTCDS 2.0 where it has them).

Source: the exchange format "Court caseload, version 1", whose values these are.
"""

from enum import StrEnum


class Gender(StrEnum):
    """Gender, HTCDS 2.0."""

    FEMININE = "Feminine"
    MASCULINE = "Masculine"
    TRANSGENDER_FEMININE = "TransgenderFeminine"
    TRANSGENDER_MASCULINE = "TransgenderMasculine"
    NON_CONFORMING = "NonConforming"
    NON_SPECIFIED_UNKNOWN = "NonSpecifiedUnknown"


class Exploitation(StrEnum):
    """Form of exploitation, HTCDS 2.0 and one local extension."""

    FORCED_LABOUR = "ForcedLabour"
    SEXUAL_EXPLOITATION = "SexualExploitation"
    CHILD_LABOUR = "ChildLabour"
    FORCED_MARRIAGE = "ForcedMarriage"
    SERVITUDE = "Servitude"
    FORCED_MILITARY_BY_NON_STATE_ACTORS = "ForcedMilitaryByNonStateActors"
    ORGAN_REMOVAL = "OrganRemoval"
    FORCED_BEGGING = "ForcedBegging"
    FORCED_ADOPTION = "ForcedAdoption"
    SURROGACY = "Surrogacy"
    X_FORCED_CRIMINALITY = "x_ForcedCriminality"
    OTHER = "Other"


class TraffickingStatus(StrEnum):
    """Formal identification, HTCDS 2.0."""

    POSSIBLE_VICTIM_OF_TRAFFICKING = "PossibleVictimOfTrafficking"
    ACTUAL_VICTIM_OF_TRAFFICKING = "ActualVictimOfTrafficking"
    NOT_A_VICTIM_OF_TRAFFICKING = "NotAVictimOfTrafficking"


class Citizenship(StrEnum):
    """Citizenship, coarsened on purpose."""

    NATIONAL = "NATIONAL"
    REGION = "REGION"
    OTHER = "OTHER"


class LegalRepresentation(StrEnum):
    """Who represents the victim."""

    NONE = "NONE"
    LEGAL_AID = "LEGAL_AID"
    NGO = "NGO"
    PRIVATE = "PRIVATE"
    EX_OFFICIO = "EX_OFFICIO"
