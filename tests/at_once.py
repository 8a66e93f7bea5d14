"""Several at the same moment, on connections of their own: for a test with a database of its own."""

import threading

from django.db import connection

from pairs.service.refusals import ActionRefused


def run_at_once(actions):
    """What each of these returns, or the exception that ended it: begun at a barrier, each by a thread of its own."""
    barrier, results = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number, action):
        try:
            barrier.wait(timeout=60)
            results[number] = action()
        except Exception as error:  # for the test to judge, in its own thread
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def act_at_once(*acts):
    """What each of the acts made, or the words it was refused with; nothing else breaks."""
    results = run_at_once(acts)
    broken = [each for each in results if isinstance(each, Exception) and not isinstance(each, ActionRefused)]
    assert broken == []
    return results
