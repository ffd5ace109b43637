"""Positive Action Statements and their companions: which, where and why, or why not.

Nothing here is legal advice. A positive action statement is chosen only on the employer's own figures and an
approved, dated record in its profile; see `docs/statements.md`.
"""
