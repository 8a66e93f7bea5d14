"""The rules of matching: what makes two records alike, and which may never become one."""
