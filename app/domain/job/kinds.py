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
    SURVEY_IMPORT = "survey_import"
    """Take the results of a round of the survey over; ordered at the round."""
    CATALOGUE_IMPORT = "catalogue_import"
    """Take over a table of services and who offers them; ordered at the services."""
    ROSTER_EXPORT = "roster_export"
    """Write out who stood on the roster of a place on a day."""
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
    is_day: bool = False
    """Whether it holds a day, which spreadsheets count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind: the operation whose right it takes, row by row as in the single call, and the columns of its input."""

    operation: str
    columns: tuple[Column, ...] = ()
    has_fixed_order: bool = False
    """Whether a table without a head is read too, if it has just these columns in this order."""
    needs_approval: bool = False
    """Whether it waits for a second person, unless it is run dry: it gives others what they may rely on."""

    @property
    def takes_input(self) -> bool:
        """Say whether somebody hands in a table; otherwise its parameters say it all."""
        return bool(self.columns)


REGISTER_COLUMNS = (
    Column(code="name", names=("姓名", "持证人", "holder"), is_needed=True),
    Column(code="sex", names=("性别", "性别代码", "sex_code", "gender")),
    Column(code="born_on", names=("出生日期", "birth_date", "birthdate"), is_day=True),
    Column(
        code="citizen_number",
        names=("公民身份号码", "身份证号", "身份证号码", "身份号码", "id_number"),
        is_needed=True,
        is_number=True,
    ),
    Column(
        code="registration_code",
        names=("户籍地区划代码", "户籍行政区划代码", "户口所在地代码", "hukou_code", "hukou_region_code"),
        is_needed=True,
        is_number=True,
    ),
    Column(code="registration_address", names=("户籍地址", "户口所在地", "hukou_address")),
    Column(code="registration_street", names=("户籍街道", "户口所在地街道", "hukou_street")),
    Column(code="phone", names=("联系电话", "电话", "手机", "phones", "mobile")),
    Column(
        code="number",
        names=("残疾人证号", "残疾人证号码", "证号", "certificate_number", "card_number", "card_num"),
        is_needed=True,
        is_number=True,
    ),
    Column(code="issued_on", names=("发证日期", "签发日期", "issue_date", "cert_date"), is_needed=True, is_day=True),
    Column(code="education", names=("文化程度", "学历", "edu_level")),
    Column(code="registration_kind", names=("户口性质", "户口类型", "hukou_type", "hukou_kind")),
    Column(code="contact_name", names=("联系人", "监护人", "联系人姓名", "guardian_name")),
    Column(code="contact_phone", names=("联系人电话", "监护人电话")),
    Column(code="contact_relation", names=("联系人关系", "与残疾人关系")),
    Column(
        code="residence_code",
        names=("居住地区划代码", "现住址行政区划代码", "居住地代码", "residence_region_code"),
        is_number=True,
    ),
    Column(code="residence_address", names=("居住地址", "现住址", "居住地")),
    Column(code="category", names=("残疾类别", "idt_kind")),
    Column(code="grade", names=("残疾等级", "idt_level")),
    Column(code="visual", names=("视力", "视力等级")),
    Column(code="hearing", names=("听力", "听力等级")),
    Column(code="speech", names=("言语", "言语等级")),
    Column(code="physical", names=("肢体", "肢体等级")),
    Column(code="intellectual", names=("智力", "智力等级")),
    Column(code="mental", names=("精神", "精神等级")),
)
"""In the order of the export by which federations exchange their registers, with the names that their systems use.

Source: field list of a municipal federation's system; the three columns of the contact by name, telephone and relation
are an assumption. Education, kind of registration and the contact are read over: the certificate does not need them.
"""

SURVEY_COLUMNS = (
    Column(
        code="citizen_number",
        names=("公民身份号码", "身份证号", "身份证号码", "身份号码", "id_number"),
        is_needed=True,
        is_number=True,
    ),
    Column(code="outcome", names=("调查结果", "result")),
    Column(code="assessed_on", names=("调查日期", "surveyed_on"), is_day=True),
    Column(code="answers", names=("回答", "调查回答")),
)
"""Answers stand in one cell, as `item=answer; item=answer, answer`: each instrument has other items."""

CATALOGUE_COLUMNS = (
    Column(code="key", names=("服务编号", "编号", "service_key"), is_needed=True),
    Column(code="service_id", names=("服务标识",)),
    Column(code="provider_code", names=("统一社会信用代码", "机构代码", "organisation_code"), is_needed=True),
    Column(code="provider_name", names=("机构名称", "organisation_name")),
    Column(code="provider_name_en", names=("机构英文名称",)),
    Column(code="code", names=("服务项目代码", "服务项目", "service_code"), is_needed=True),
    Column(code="region_code", names=("服务区划代码", "区划代码"), is_needed=True, is_number=True),
    Column(code="name", names=("服务名称",), is_needed=True),
    Column(code="name_en", names=("服务英文名称",)),
    Column(code="description", names=("服务说明",)),
    Column(code="description_en", names=("服务英文说明",)),
    Column(code="provider_kind", names=("机构性质",)),
    Column(code="meets", names=("满足需求",)),
    Column(code="mode", names=("服务方式",)),
    Column(code="serves", names=("接收区域",)),
    Column(code="languages", names=("服务语言", "语言")),
    Column(code="waiting_days", names=("等候天数",)),
    Column(code="cost_fen", names=("收费（分）", "收费")),
    Column(code="phone", names=("电话", "联系电话")),
    Column(code="hours", names=("开放时间",)),
    Column(code="status", names=("状态",)),
    Column(code="location_name", names=("地点名称", "地点")),
    Column(code="location_name_en", names=("地点英文名称",)),
    Column(code="location_region", names=("地点区划代码",), is_number=True),
    Column(code="features", names=("无障碍条件",)),
)
"""Shaped by HSDS 3.1 as our services are, flat; lists stand in one cell with commas between."""

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
        JobKind.REGISTER_IMPORT: Work(
            operation="import_register", columns=REGISTER_COLUMNS, has_fixed_order=True, needs_approval=True
        ),
        JobKind.SURVEY_IMPORT: Work(operation="import_survey", columns=SURVEY_COLUMNS),
        JobKind.CATALOGUE_IMPORT: Work(operation="import_catalogue", columns=CATALOGUE_COLUMNS),
        JobKind.PAYMENT_ROLL: Work(operation="draft_payment_roll"),
        JobKind.PAYMENT_EXPORT: Work(operation="export_payment_roll"),
        JobKind.ROSTER_EXPORT: Work(operation="export_roster"),
        JobKind.RECHECK_SCAN: Work(operation="scan_rechecks"),
    }
)
