"""Words that may stand around an answer without changing it, and those that turn it into another one.

English and German; a new language adds its own. Written as `spelling.words_of` leaves them.
"""

from __future__ import annotations

from flows.engine.spelling import words_of


def _set(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


FILLERS = _set(
    """
    a an the i id ill im ive it its is was am are be me my to in on at of for with and or so just
    this that these those well um uh er erm hm hmm mm oh ah please pls thanks thank thx you u
    think guess suppose say believe feel feels felt seems like about around probably maybe perhaps
    actually honestly would bit then there

    ein eine einer einen einem eines der die das den dem des ich mich mir mein meine es ist sind bin war
    im am an auf von für mit und oder so also na naja tja äh ähm hm ach bitte danke dir
    glaube glaub denke denk schätze schätz sage sagen würde würd finde find fühlt fühle sich wie etwa
    ungefähr circa ca wohl vielleicht wahrscheinlich eigentlich ehrlich gesagt mal halt eben um bis dann da
    """
)
"""Articles, politeness, hedges. None of them turns "partly" into something else."""

AROUND_A_NUMBER = FILLERS | _set(
    """
    almost nearly roughly approximately approx circa today currently usually normally mostly generally
    points point number heavy heaviness answer rating ok okay

    fast knapp rund rum herum heute gerade meist meistens normalerweise grob punkte punkt nummer zahl antwort
    schwer ne nen
    """
)
"""What may stand beside a number on a scale; any other word makes it a number of something."""

AROUND_A_PLACE = FILLERS | _set(
    "option number nr nummer answer antwort choice choose take pick nehme nimm wähle"
)
"""What may stand beside the number of an option."""

NEGATING = _set(
    """
    no not none never nothing neither nor without nobody cannot cant dont doesnt didnt isnt arent wasnt
    werent wont wouldnt havent hasnt hadnt

    nein nee nicht net ned nit nöd kein keine keinen keinem keiner keines nichts nix nie niemals niemand
    weder ohne
    """
)

TURNING = NEGATING | _set(
    """
    less more fewer than most least under over beyond too very much many little few enough hardly barely
    rarely seldom sometimes often always every quite rather really half later earlier

    weniger mehr als meisten unter über zu sehr viel viele wenig wenige genug kaum selten manchmal oft immer
    jede jeder jeden jedes ziemlich ganz eher wirklich halb halbe später früher
    """
)
"""Words that turn what stands beside them into another answer: "a month" is not "less than a month"."""

ORDINALS = {
    word: place
    for place, names in enumerate(
        (
            "first 1st erste erster erstes ersten erstens",
            "second 2nd zweite zweiter zweites zweiten zweitens",
            "third 3rd dritte dritter drittes dritten drittens",
            "fourth vierte vierter viertes vierten",
            "fifth fünfte fünfter fünftes fünften",
            "sixth sechste sechster sechstes sechsten",
            "seventh siebte siebter siebtes siebten",
            "eighth achte achter achtes achten",
            "ninth neunte neunter neuntes neunten",
            "tenth zehnte zehnter zehntes zehnten",
        ),
        start=1,
    )
    for word in words_of(names)
}
