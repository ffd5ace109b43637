"""What an advert does with a group of people: concepts, operators, and the clause in which one governs the other.

`concepts` are what is said of a person (lexicons/*/concepts), `operators` are what the advert does with them
(operators.yaml); `Reader` joins the two as `Governs` values, and `cells` turns each into an entry of the lexicon.
"""
