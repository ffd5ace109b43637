"""Is a group under-represented at this grade and role, against what, and on which numbers?

`read_evidence` reads an employer's own aggregate figures and grades each group at each post. No number under five, and
none that would give one away, is in anything it returns.
"""
