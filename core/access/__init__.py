"""Accounts, memberships, roles and the one question: may this person do this here?"""
