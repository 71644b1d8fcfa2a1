"""What kinds of work there are for many rows, whose right each takes, and which columns its input has."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class JobKind(StrEnum):
    """What a job does."""

    CERTIFICATE_VERIFICATION = "certificate_verification"
    """Say of each certificate in a list how it stands."""
    PAYMENT_ROLL = "payment_roll"
    """Draw up the roll of a month; ordered with the roll itself."""
    PAYMENT_EXPORT = "payment_export"
    """Write an approved roll out for whoever pays, with names; ordered at the roll."""
    REGISTER_IMPORT = "register_import"
    """Take over another register of certificates; ordered at the register."""
    RECHECK_SCAN = "recheck_scan"
    """Go through all running grants of a place, and have looked at what is due or has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a kind of work reads. Whatever else a table has is the sender's own, and comes back with it."""

    code: str
    names: tuple[str, ...]
    """What people call it in the head of a table."""
    is_needed: bool = False
    """Whether the table cannot do without it; a single row may still leave it empty."""
    is_number: bool = False
    """Whether it holds the number of a register, which spreadsheets round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind: the operation whose right it takes, row by row as in the single call, and the columns of its input."""

    operation: str
    columns: tuple[Column, ...] = ()
    has_fixed_order: bool = False
    """Whether a table without a head is read too, if it has just these columns in this order."""

    @property
    def takes_input(self) -> bool:
        """Say whether somebody hands in a table; otherwise its parameters say it all."""
        return bool(self.columns)


REGISTER_COLUMNS = (
    Column(code="name", names=("姓名", "持证人", "holder"), is_needed=True),
    Column(code="sex", names=("性别", "性别代码", "sex_code")),
    Column(code="born_on", names=("出生日期", "birth_date", "birthdate")),
    Column(
        code="citizen_number",
        names=("公民身份号码", "身份证号", "身份证号码", "身份号码"),
        is_needed=True,
        is_number=True,
    ),
    Column(
        code="registration_code",
        names=("户籍地区划代码", "户籍行政区划代码", "户口所在地代码", "hukou_code"),
        is_needed=True,
        is_number=True,
    ),
    Column(code="registration_address", names=("户籍地址", "户口所在地", "hukou_address")),
    Column(code="registration_street", names=("户籍街道", "户口所在地街道", "hukou_street")),
    Column(code="phone", names=("联系电话", "电话", "手机", "phones")),
    Column(
        code="number",
        names=("残疾人证号", "残疾人证号码", "证号", "certificate_number", "card_number"),
        is_needed=True,
        is_number=True,
    ),
    Column(code="issued_on", names=("发证日期", "签发日期", "issue_date"), is_needed=True),
    Column(code="education", names=("文化程度", "学历")),
    Column(code="registration_kind", names=("户口性质", "户口类型", "hukou_type")),
    Column(code="contact_name", names=("联系人", "监护人", "联系人姓名")),
    Column(code="contact_phone", names=("联系人电话", "监护人电话")),
    Column(code="contact_relation", names=("联系人关系", "与残疾人关系")),
    Column(code="residence_code", names=("居住地区划代码", "现住址行政区划代码", "居住地代码"), is_number=True),
    Column(code="residence_address", names=("居住地址", "现住址", "居住地")),
    Column(code="category", names=("残疾类别",)),
    Column(code="grade", names=("残疾等级",)),
    Column(code="visual", names=("视力", "视力等级")),
    Column(code="hearing", names=("听力", "听力等级")),
    Column(code="speech", names=("言语", "言语等级")),
    Column(code="physical", names=("肢体", "肢体等级")),
    Column(code="intellectual", names=("智力", "智力等级")),
    Column(code="mental", names=("精神", "精神等级")),
)
"""In the order of the export by which federations exchange their registers.

Source: field list of a municipal federation's system; the three columns of the contact by name, telephone and relation
are an assumption. Education, kind of registration and the contact are read over: the certificate does not need them.
"""

WORKS: Mapping[JobKind, Work] = MappingProxyType(
    {
        JobKind.CERTIFICATE_VERIFICATION: Work(
            operation="verify_certificate",
            columns=(
                Column(
                    code="number",
                    names=("certificate_number", "残疾人证号", "残疾人证号码", "证号"),
                    is_needed=True,
                    is_number=True,
                ),
                Column(code="name", names=("holder", "姓名", "持证人")),
                Column(
                    code="citizen_number", names=("公民身份号码", "身份证号", "身份证号码", "身份号码"), is_number=True
                ),
            ),
        ),
        JobKind.REGISTER_IMPORT: Work(operation="import_register", columns=REGISTER_COLUMNS, has_fixed_order=True),
        JobKind.PAYMENT_ROLL: Work(operation="draft_payment_roll"),
        JobKind.PAYMENT_EXPORT: Work(operation="export_payment_roll"),
        JobKind.RECHECK_SCAN: Work(operation="scan_rechecks"),
    }
)
