"""What the general mechanisms look for beside wording: negation, mention, who is meant, names, and the checklist."""

from __future__ import annotations

from collections.abc import Iterable

from inclusive_ads.lexicon.lexicon import Lexicon


def cue_phrases(lexicon: Lexicon) -> dict[str, Iterable[str]]:
    """The cues of the general mechanisms, by name."""
    context = lexicon.context
    items = lexicon.checklist.items
    return {
        **{note.id: note.phrases for note in lexicon.notes},
        **{f"complete {item.id}": item.phrases for item in items},
        **{f"when {item.id}": item.when for item in items},
        "negation-before": context.negation.before,
        "negation-after": context.negation.after,
        "negation-heading": context.negation.heading,
        "negation-stop": context.negation.stop,
        "mention-quoted": context.mention.quoted,
        "mention-reported": context.mention.reported,
        "mention-named": context.mention.named,
        "mention-denied": context.mention.denied,
        "mention-after": context.mention.after,
        "applicant": context.referent.applicant,
        "employer": context.referent.employer,
        "others": context.referent.others,
        "serving": context.referent.serving,
        "characteristic": context.equality.characteristics,
        "equality": context.equality.cues,
        "person": context.names.titles,
        "introduces": context.names.introduced,
        "behind-name": context.names.followed,
    }
