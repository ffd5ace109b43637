"""What the general mechanisms look for beside wording: negation, mention, who is meant, names, and the checklist."""

from __future__ import annotations

from collections.abc import Iterable

from inclusive_ads.lexicon.gazetteer import load_gazetteer
from inclusive_ads.lexicon.lexicon import Lexicon

CHECKLIST_CUES = ("told", "near", "never", "limits", "when")  # keys of an item that are phrases


def cue_phrases(lexicon: Lexicon) -> dict[str, Iterable[str]]:
    """The cues of the general mechanisms, by name."""
    context = lexicon.context
    items = lexicon.checklist.items
    return {
        **{note.id: note.phrases for note in lexicon.notes},
        **{f"{key} {item.id}": getattr(item, key) for item in items for key in CHECKLIST_CUES},
        **{f"complete {key}": getattr(lexicon.checklist, key) for key in ("refused", "declined", "turns", "open")},
        **{f"place {key}": getattr(lexicon.places, key) for key in ("sites", "lead", "based", "tail")},
        "place towns": load_gazetteer().towns,
        "negation-before": context.negation.before,
        "negation-after": context.negation.after,
        "negation-heading": context.negation.heading,
        "negation-stop": context.negation.stop,
        "negation-nested": context.negation.nested,
        "negation-against": context.negation.against,
        "negation-answer": context.negation.answer,
        "topic-before": context.topic.before,
        "topic-behind": context.topic.behind,
        "topic-open": context.topic.open,
        "waived-behind": context.waived.behind,
        "waived-stop": context.waived.stop,
        "mention-quoted": context.mention.quoted,
        "mention-reported": context.mention.reported,
        "mention-named": context.mention.named,
        "mention-denied": context.mention.denied,
        "mention-after": context.mention.after,
        "mention-disowned": context.mention.disowned,
        "mention-unsaid": context.mention.unsaid,
        "mention-belied": context.mention.belied,
        "mention-past": context.mention.past,
        "mention-now": context.mention.now,
        "applicant": context.referent.applicant,
        "employer": context.referent.employer,
        "others": context.referent.others,
        "serving": context.referent.serving,
        "characteristic": context.equality.characteristics,
        "equality": context.equality.cues,
        "person": context.names.titles,
        "place-name": context.names.places,
        "called": context.names.called,
        "is-called": context.names.is_called,
        "introduces": context.names.introduced,
        "behind-name": context.names.followed,
    }
