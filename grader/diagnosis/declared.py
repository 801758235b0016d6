"""The declared mistakes, sought jointly: one mistake that explains every wrong output of a function is one bug."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from grader.diagnosis import additions, factors, shapes
from grader.diagnosis.closed import Bench, Fit, Made, bench, changes, first_fit, fits, mostly, spoils_any, telling
from grader.diagnosis.finding import Finding
from grader.diagnosis.pairs import promising
from grader.diagnosis.refuted import numberless, possible
from grader.diagnosis.seen import Output, Sight
from grader.diagnosis.slips import Key
from grader.paper import Paper

MOST = 0.6
"""The share of failing cases that a mistake must explain to be said as likely."""

Singles = Mapping[Output, list[Fit]]
"""The mistakes that by themselves explain each failing output."""


def singles(paper: Paper, failing: list[Output], seen: list[Sight]) -> Singles:
    """Try every declared mistake by itself; in a special group first those that explain the ordinary cases."""
    if paper.slipped is None:
        return {}
    tried = bench(paper)
    made = [frozenset([key]) for key in tried.keys(paper.ordinary)]
    plain = {output.name: fits(tried, output, made) for output in failing if not output.group}
    found = {output: plain[output.name] for output in failing if not output.group}
    for output in failing:
        if output.group:
            known = [fit.made for fit in plain.get(output.name, [])]
            found[output] = fits(tried, output, known) or fits(tried, output, _besides(tried, output, failing, made))
    return {output: possible(tried, output, seen, fitting) for output, fitting in found.items()}


def best(paper: Paper, output: Output, outputs: list[Output], found: Singles) -> Iterator[Finding]:
    """The mistakes that explain an output and, of these, most of the others."""
    if found.get(output):
        yield _finding(paper, output, _ranked(bench(paper), found[output], outputs, found))


def by_two(paper: Paper, output: Output, outputs: list[Output], found: Singles, seen: list[Sight]) -> Iterator[Finding]:
    """Two mistakes at once: first those that another output shows with any other, then any two."""
    if paper.slipped is None:
        return
    tried = bench(paper)
    keys = tried.keys(paper.ordinary)
    if output.group:
        both = first_fit(tried, output, _together(output, keys, found))
    else:
        shown = dict.fromkeys(key for other in found.values() for fit in other for key in fit.made)
        both = first_fit(tried, output, promising(tried, telling(tried, output)[0], keys, list(shown)[:3]))
        both = both or mostly(tried, output, [frozenset([key]) for key in keys], MOST)
    both = possible(tried, output, seen, both)
    if both:
        yield _finding(paper, output, _ranked(tried, both, outputs, found))


def _besides(tried: Bench, output: Output, failing: list[Output], made: list[Made]) -> list[Made]:
    """What may be a second fault in a group: mistakes that leave alone the ordinary cases, which fail for another."""
    ordinary = [other for other in failing if other.name == output.name and not other.group]
    return [one for one in made if not any(changes(tried, one, other) for other in ordinary)]


def _together(output: Output, keys: tuple[Key, ...], found: Singles) -> Iterator[Made]:
    """What explains the ordinary cases of an output, with each other mistake besides: a second fault in a group."""
    plain = [fit for other, fits in found.items() if other.name == output.name and not other.group for fit in fits]
    yield from (fit.made | {key} for fit in plain[:1] for key in keys)


def _ranked(tried: Bench, found: list[Fit], outputs: list[Output], others: Singles) -> list[tuple[Fit, bool]]:
    """The fits that explain most outputs and spoil least, each with whether it leaves everything right as it is."""
    right = [other for other in outputs if not other.failing]
    scored = []
    for fit in found:
        explained = sum(any(fit.made == other.made for other in fitting) for fitting in others.values())
        spoilt = sum(spoils_any(tried, fit.made, other) for other in right)
        scored.append(((explained, -spoilt, -fit.strays), fit))
    most = max(score for score, _ in scored)
    return [(fit, not score[1] and not score[2]) for score, fit in scored if score == most]


def _finding(paper: Paper, output: Output, fitting: list[tuple[Fit, bool]]) -> Finding:
    first = fitting[0][0].made
    empty = numberless(output)
    each = [key.names for fit, _ in fitting for key in sorted(fit.made)]
    fewest = _fewest(each) if empty else []
    names = fewest if len(fewest) > 1 else list(dict.fromkeys(name for several in each for name in several))
    named = [name for name in names if name]
    alone = len(first) == 1
    evidence = {
        "fits": sorted({_note(key) for key in first}),
        "cases": list(dict.fromkeys(s.case.name for s in output.failing))[:20],
    }
    return Finding(
        id=named[0] if named else "",
        said=_sentence(paper, output, first, not fitting[0][0].missed),
        whole=alone and all(clean for _, clean in fitting),
        alternatives=tuple(named[1:]),
        evidence=evidence,
        note=_notes(first),
        doubtful=len(names) > len(named) or empty,
    )


def _fewest(each: list[tuple[str, ...]]) -> list[str]:
    """The fewest names that stand for every one of some mistakes: where numbers tell little, a few are enough."""
    chosen: list[str] = []
    while each:
        votes = Counter(name for names in each for name in names)
        chosen.append(max(votes, key=lambda name: votes[name]))
        each = [names for names in each if chosen[-1] not in names]
    return chosen


def _sentence(paper: Paper, output: Output, made: Made, every: bool) -> str:
    count = len({sight.case for sight in output.failing})
    where = "the one failing case" if count == 1 else f"{'all' if every else 'most of'} {count} failing cases"
    numbers = _numbers(paper, output)
    return f"{numbers}{_notes(made)}; with that, every number of {output.name} comes out as yours in {where}"


def _numbers(paper: Paper, output: Output) -> str:
    """What can be said of the numbers in general: by which factor, in which shape."""
    looks = (
        factors.scaled(output, paper.batch),
        shapes.turned(output),
        shapes.unsummed(output),
        shapes.reshaped(output),
        additions.penalised(output, paper.batch),
    )
    return next((f"{look.said}: " for look in looks if look and (look.whole or look.alternatives)), "")


def _notes(made: Made) -> str:
    return ", and ".join(_note(key) for key in sorted(made))


def _note(key: Key) -> str:
    return f"{key.note or key.id}{f' ({key.part})' if key.part else ''}"
