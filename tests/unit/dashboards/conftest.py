"""How a page of the dashboards is opened as somebody."""

import pytest
from django.urls import reverse


@pytest.fixture
def open_page(client, cast):
    """The page as somebody sees it: (status, text); where to, when it leads on."""

    def get_page_as(username, name, *args, post=None, **asked):
        client.force_login(cast[username])
        address = reverse(name, args=args)
        why = {"access-reason": "A possible match to check"}  # governance says why it opens a record
        answer = (
            client.get(address, asked, headers=why)
            if post is None
            else client.post(address, post, headers=why)
        )
        return answer.status_code, answer.headers.get("Location", "") or answer.content.decode()

    return get_page_as
