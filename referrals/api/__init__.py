"""The API of referral: through the forms and actions of its pages."""
