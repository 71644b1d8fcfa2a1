"""Bodies that would be taken as they are, for operations whose fields' own examples do not go together."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

PERSON = "01920000-0000-7000-8000-000000000000"
OTHER = "01920000-0000-7000-8000-000000000001"
NAME, NUMBER = "阿依努尔·买买提", "990101190001010018"
DAY = "2026-11-23"
APPLICANT = {"name": NAME, "citizen_number": NUMBER, "region_code": "652301104201"}
ANSWERS = {
    "business": "new",
    "applied_by": "self",
    "phone": "0994-2340000",
    "residence_address": "红柳示例村1号",
    "conditions": ["physical"],
    "benefits_received": [],
}
DRAFT = {
    "items": ["employment_help"],
    "source_number": "2026-000124",
    "applicant": APPLICANT,
    "answers": {"applied_by": "self", "phone": "0994-2340000"},
}
PLACE = {"package_code": "disability_services", "region_code": "652301104"}

BODIES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "check_eligibility": {
            **PLACE,
            "age": 43,
            "has_certificate": True,
            "category": 4,
            "grade": 1,
            "economic_status": "subsistence_allowance",
            "receiving": {"orphan_allowance": False},
        },
        "submit_application": {
            "package_code": "disability_services",
            "items": ["certificate", "living_subsidy", "nursing_subsidy"],
            "source_number": "2026-000123",
            "applicant": APPLICANT,
            "answers": ANSWERS,
        },
        "add_item": {"item": "pension_premium"},
        "take_back_death_report": {
            "record_ids": ["01920000-0000-7000-8000-00000000000e"],
            "text": "本人今日到县残联窗口办事，已核对身份。",
        },
        "announce_project": {
            "region_code": "652301",
            "name": "困难重度残疾人家庭无障碍改造",
            "gives": "service",
            "amount_fen": 600_000,
            "budget_fen": 24_000_000,
            "quota": 40,
            "runs_from": DAY,
            "runs_to": "2199-11-23",
            "source": "示例财社〔2026〕1号",
            "services": ["ACC-HOME"],
            "exclusions": [{"by": "service", "code": "ACC-HOME", "within_months": 60}],
            "allows_exceptions": True,
        },
        "enrol_beneficiary": {"person_id": PERSON, "valid_from": DAY, "amount_fen": 600_000},
        "end_beneficiary": {
            "reason": "person_wishes",
            "text": "本人表示不再需要。",
            "has_benefited": False,
            "spent_fen": 0,
        },
        "ask_project_change": {"budget_fen": 30_000_000, "quota": 50, "text": "示例财社〔2026〕9号追加资金。"},
        "restate_spending": {"text": "票据合计四百元。", "has_benefited": True, "spent_fen": 40_000},
        "start_draft": {**PLACE, **DRAFT},
        "save_draft": DRAFT,
        "search_applications": {"source_number": "2026-000123"},
        "reconcile_applications": {
            "submitted_on": DAY,
            "applications": [{"source_number": "2026-000123", "status": "submitted"}],
        },
        "record_visit": {"purpose": "application", "place": "counter", "visited_on": DAY, "item": "certificate"},
        "accept_certificate_case": {"guardian_proof": "shown"},
        "decline_evaluation": {"reason": "doctor_absent", "doctors": [PERSON]},
        "conclude_evaluation": {
            "doctors": [PERSON, OTHER],
            "meets_standard": True,
            "concluded_on": DAY,
            "category": 4,
            "grade": 1,
        },
        "decide_benefit_case": {"outcome": "granted"},
        "give_confirmation": {"channel": "counter", "second_id": OTHER},
        "decline_confirmation": {"channel": "phone", "second_id": OTHER},
        "ask_correction": {
            "application_id": PERSON,
            "item": "certificate",
            "wants": [{"kind": "evidence", "code": "photo", "text": "照片不清楚，请重新提供一张近期白底照片。"}],
        },
        "answer_correction": {"answers": {"phone": "0994-2340000"}},
        "request_evidence": {
            "application_id": PERSON,
            "kind": "photo",
            "items": ["certificate"],
            "text": "照片不清楚，请重新提供一张近期白底照片。",
        },
        "record_evidence": {"kind": "photo", "origin": "upload", "application_id": PERSON, "upload_id": OTHER},
        "file_review": {"statement": "评定时没有考虑我左手的情况，请重新评定。"},
        "record_assessment": {
            "person_id": PERSON,
            "instrument": "self_care_six",
            "method": "home_visit",
            "purpose": "needs",
            "answers": {
                "eating": "met",
                "dressing": "not_met",
                "bed_transfer": "met",
                "toileting": "met",
                "indoor_walking": "not_met",
                "bathing": "not_met",
            },
            "assessed_on": DAY,
        },
        "correct_assessment": {
            "reason": "misrecorded",
            "answers": {
                "eating": "met",
                "dressing": "met",
                "bed_transfer": "met",
                "toileting": "met",
                "indoor_walking": "not_met",
                "bathing": "not_met",
            },
        },
        "open_survey_round": {
            "region_code": "652301",
            "population": "holders",
            "opens_on": DAY,
            "closes_on": DAY,
        },
        "assign_survey": {"owner_id": OTHER, "region_code": "652301104201"},
        "import_survey": {
            "dry_run": True,
            "input": {"text": "citizen_number,outcome,answers\n" + NUMBER + ",surveyed,c_reads=yes\n"},
        },
        "import_catalogue": {
            "dry_run": True,
            "input": {
                "text": "key,provider_code,provider_name,code,region_code,name\n"
                "1,13999999MB00000010,沙箱康复中心,CARE-HOME,652301,居家照料\n"
            },
        },
        "settle_survey_finding": {"settlement": "confirmed", "text": "已上门核实，情况属实。"},
        "record_survey_entry": {"outcome": "surveyed", "assessment_id": OTHER},
        "confirm_need": {"words": "白天家里没有人，希望有人帮忙做饭。"},
        "dismiss_need": {"reason": "not_needed", "words": "女儿会照顾我，不需要。"},
        "review_plan": {
            "observations": [{"goal": 1, "seen": "partly_reached", "words": "每周有人帮忙洗浴一次。"}],
            "next_review_on": "2027-02-22",
        },
        "close_plan": {"outcome": "reached"},
        "agree_plan": {"answer": "agree", "opinion": "希望上午来。"},
        "confirm_delivery": {"satisfaction": 5, "words": "来得准时，很耐心。"},
        "register_person": {
            "name": NAME,
            "citizen_number": NUMBER,
            "birth_date": "1900-01-01",
            "sex": 1,
            "region_code": "652301104201",
            "phone": "0994-2340000",
            "address": "红柳示例村1号",
        },
        "give_consent": {
            "receiver_id": OTHER,
            "purpose": "service_delivery",
            "fields": ["name", "contacts"],
        },
        "record_guardianship": {"guardian_id": OTHER, "acting": "guardian", "proof": "counter", "valid_from": DAY},
        "rate_item": {"item": "certificate", "satisfaction": "very_satisfied", "words": "窗口的同志很耐心。"},
        "correct_rating": {"satisfaction": "fairly_satisfied", "words": "后来又等了两周。"},
        "prefill_form": {"items": ["certificate", "living_subsidy"], "person_id": PERSON, "region_code": "652301104"},
        "grant_token": {
            "grant_type": "client_credentials",
            "client_id": PERSON,
            "client_secret": "as-shown-when-the-client-was-opened",
            "scope": "applications.read applications.write",
        },
    }
)
