"""Where real people apply: magic numbers are refused before anything is looked up."""

from app.domain.shared.identity import CertificateNumber
from app.services.magic_number import MagicNumberInProduction, is_magic


class RealNumbers:
    """Takes every certificate number but a sandbox's."""

    def take(self, number: CertificateNumber) -> None:
        """Let a number pass.

        Raises:
            MagicNumberInProduction: it is a magic one.
        """
        if is_magic(number):
            raise MagicNumberInProduction("This number is for trying things out. Send it to a sandbox.")
