"""Which static files are served: ours, and of other people's packages only those that our pages ask for."""

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.contrib.staticfiles.utils import get_files

# The sign-in pages of allauth bring their own scripts. No other app's static files are asked for by any page.
APPS_WITH_SCRIPTS = ["allauth.account", "allauth.mfa"]


class PublishedFilesFinder(FileSystemFinder):
    """Everything in STATICFILES_DIRS; of a folder with a prefix, the names in settings.PUBLISHED_FILES[prefix].

    An npm package has hundreds of files, and a web process opens every file it may serve when it starts.
    """

    def list(self, ignore_patterns):
        for prefix, root in self.locations:
            storage = self.storages[root]
            names = settings.PUBLISHED_FILES[prefix] if prefix else get_files(storage, ignore_patterns)
            for name in names:
                yield name, storage


class SignInScriptsFinder(AppDirectoriesFinder):
    """The scripts of allauth's pages."""

    def __init__(self) -> None:
        super().__init__(APPS_WITH_SCRIPTS)


class HashedFilesStorage(ManifestStaticFilesStorage):
    """Names with a digest of what is in the file, also where a script imports another."""

    support_js_module_import_aggregation = True
    # What a style sheet asks for; a source map, which a package's file may name, is not published.
    patterns = (("*.css", ManifestStaticFilesStorage.patterns[0][1][:2]),)
