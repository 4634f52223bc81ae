"""The vignettes and update tests of assessment A10 as data: the odd numbers, points exact to 0.1.

Persona and rule were written together: this is a regression suite, not a proof of validity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.assessment.evidence import Facts
from flows.assessment.notation import parse_vector


@dataclass(frozen=True, slots=True)
class Vignette:
    """`points`: CAP ENV VAL IDN IRR. No `lead` is "not clear yet". `also`: what else is in the picture."""

    name: str
    persona: str
    vector: str
    points: tuple[float, float, float, float, float]
    lead: str | None
    also: tuple[str, ...] = ()

    @property
    def facts(self) -> Facts:
        return parse_vector(self.vector)


VIGNETTES = (
    Vignette(
        "P01",
        "lawyer (S0)",
        (
            "O2=7 O3=6-24 O4=daily O5=a K2=1 K3=1 K1=3 E1=0 E2=1 V1=4 V2=3 V3=4 V4=3 D1=0 D2=0 I1=0 "
            "I2=1 c1=1 e1=0 v2=some v3=direct v4=3 v5=other d1=3 d2=chose CF0=7 CF1=6 CF2=2 CF3=1 "
            "CF4=6 CF5=6 CF6=7 CF7=6 CF8=else CF9=cause R3=2w R4=ord"
        ),
        (-6.0, -6.0, 10.0, -6.0, -6.0),
        "VAL",
    ),
    Vignette(
        "P03",
        "therapist clinic (S0)",
        (
            "O2=7 O3=6-24 O4=most O5=a K1=3 K2=3 K4=3 E2=3 E3=4 E4=3 V1=4 V3=4 D1=0 I1=1 c1=1 e1=1 "
            "e2=weekly e3=yes e4=org v2=some v3=direct v4=2 d1=2 d2=chose CF0=7 CF1=4 CF2=2 CF3=1 "
            "CF4=3 CF5=6 CF7=5 CF8=else CF9=both R3=2w R4=ord"
        ),
        (0.5, 10.0, 10.0, -6.0, -5.5),
        "VAL",
        ("ENV",),
    ),
    Vignette(
        "P05",
        "social-media worker on an 18-month slope (S0)",
        (
            "O2=6 O3=gt2 O4=most O5=c K2=1 V1=4 V2=4 V3=3 V4=3 D1=0 v2=some v3=enable v4=3 CF0=7 "
            "CF1=5 CF2=2 CF3=1 CF4=6 CF5=6 CF7=6 CF8=else CF9=cause log=load:tmp@1,purpose:sus@1 "
            "energy=d cov=1"
        ),
        (-6.0, -3.0, 15.0, -4.0, -5.0),
        "VAL",
    ),
    Vignette(
        "P07",
        "senior manager who misses hands-on work (S2)",
        (
            "O2=6 O3=gt2 O4=most O5=f K2=2 E1=0 V1=0 V2=0 V3=0 D1=4 D2=4 D3=2 D4=3 I1=1 c1=1 e1=0 "
            "v2=none d1=0 d2=drift d3=na d4=other CF0=6 CF1=4 CF2=5 CF4=5 CF5=1 CF6=6 CF7=5 "
            "CF8=otherrole"
        ),
        (-1.5, -6.0, -6.0, 10.0, -4.0),
        "IDN",
    ),
    Vignette(
        "P09",
        "succeeding into misery: EM -> director, 55 h of meetings (S2)",
        (
            "O2=7 O3=gt2 O4=most O5=a K1=4 K2=3 K3=2 K4=3 V1=0 V3=1 D1=4 D2=4 D3=3 D4=3 c1=3 c4=2 "
            "c5=low e1=0 v2=none d1=0 d2=drift d4=other CF0=8 CF1=4 CF2=7 CF4=7 CF5=2 CF6=8 CF7=6 "
            "CF8=craft R3=2w R4=heavy tried=pay:none X6=resolved"
        ),
        (8.0, -6.0, -6.0, 10.0, -6.0),
        "IDN",
        ("CAP",),
    ),
    Vignette(
        "P11",
        "overtrained: every day flat out, load spread out and it held (S1)",
        (
            "O2=7 O3=1-6 O4=busy O5=a K1=4 K2=4 K3=4 K4=2 V1=2 V3=0 D1=0 I2=3 c1=3 c2=1 c4=2 e1=0 "
            "d1=3 CF0=8 CF1=2 CF2=7 CF4=7 CF5=7 CF7=6 CF8=stay R3=2-6w R4=heavy log=load:sus@1"
        ),
        (11.0, -5.0, -7.0, -7.0, -1.3),
        "CAP",
    ),
    Vignette(
        "P13",
        "year-ten grumbler after a bad quarter (S0)",
        (
            "O2=3 O3=1-6 O4=events O5=c K1=1 K2=2 E1=0 E3=3 V1=2 V2=0 V3=0 D1=1 I1=4 I2=4 I3=4 c1=0 "
            "e1=0 v2=none d1=2 i1=small i2=month i3=event CF0=4 CF1=3 CF2=3 CF4=3 CF5=3 CF7=1 "
            "CF8=stay"
        ),
        (-2.0, -6.0, -6.0, -6.0, 10.0),
        "IRR",
    ),
    Vignette(
        "P15",
        "harmful manager; moved team and it lifted (S0/S1)",
        (
            "O2=7 O3=6-24 O4=most O5=b K1=3 K2=2 E1=4 E2=4 E4=2 V1=2 V3=1 D1=0 c1=1 e1=2 e2=weekly "
            "e3=yes e4=one v2=none d1=2 d2=chose CF0=8 CF1=6 CF2=6 CF4=2 CF5=7 CF7=6 CF8=else "
            "CF9=people log=people:sus@1"
        ),
        (-1.5, 11.0, -6.0, -6.0, -4.0),
        "ENV",
    ),
    Vignette(
        "P17",
        "newborn at home, broken sleep, job unchanged and liked (own)",
        (
            "O2=6 O3=1-6 O4=daily O5=a O6=3 O7=1 K1=4 K2=1 K3=1 V1=2 V3=0 D1=0 I1=1 I3=4 c1=0 c2=1 "
            "e1=0 CF0=6 CF1=4 CF2=6 CF4=6 CF5=6 CF7=6 CF8=stay"
        ),
        (2.0, -6.0, -6.0, -6.0, -4.0),
        None,
    ),
    Vignette(
        "P19",
        "everything would help (grass is greener) (own)",
        (
            "O2=7 O3=6-24 O4=most O5=f K1=3 K2=3 E1=3 E3=3 V1=3 V2=3 D1=3 D2=3 I1=3 CF0=8 CF1=2 CF2=2 "
            "CF3=2 CF4=2 CF5=1 CF6=1 CF7=2 X6=resolved"
        ),
        (2.5, 0.5, -0.5, -0.5, -1.5),
        None,
    ),
    Vignette(
        "P21",
        "could not choose between purpose and role, and tried both (own)",
        (
            "O2=7 O3=gt2 O4=most O5=f K1=3 K2=1 V1=3 V2=3 V3=2 D1=3 D2=3 D4=2 c1=1 e1=0 v2=some "
            "v3=logo v4=3 v5=onlypay d1=1 d2=drift CF0=8 CF1=7 CF2=3 CF3=2 CF4=7 CF5=2 CF6=6 CF7=7 "
            "CF8=craft F1=tasks X2=resolved log=role:sus@1,purpose:none@1 energy=a cov=1"
        ),
        (-4.0, -2.0, -3.4, 15.0, -4.0),
        "IDN",
    ),
    Vignette(
        "P23",
        "severely depleted nurse: 4 weeks of shorter shifts changed little (window too short) (own)",
        (
            "O2=9 O3=6-24 O4=daily O5=a K1=4 K2=4 K3=3 K4=4 E4=3 E2=1 V1=3 V3=0 D1=0 c1=3 c2=1 c4=2 "
            "c5=low e1=0 d1=3 d2=chose CF0=9 CF1=3 CF2=8 CF4=7 CF5=8 CF7=7 CF8=rest R3=2w R4=heavy "
            "log=load:none@0.5 X6=resolved"
        ),
        (8.0, -3.5, -5.0, -5.0, -6.5),
        "CAP",
    ),
)

VIGNETTE: Mapping[str, Vignette] = {vignette.name: vignette for vignette in VIGNETTES}
