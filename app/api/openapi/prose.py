"""The words of the schema that belong to no single operation."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.shared.authz import Scope

SUMMARY = "Disability services, applied for once: certificate, needs, plan, services, confirmation."

DESCRIPTION = """\
One backend for disability services (残疾人服务"一件事"): a portal applies once for a person; a certificate is verified
or issued; needs are assessed; one individual plan is agreed; services are found, delivered and confirmed.

**Tokens.** Send `Authorization: Bearer …`. Portals get tokens from `POST /oauth/token` with client credentials. A token
bounds what may be asked by scope and role; memberships are confirmed with every request. What lies outside of the
caller's areas and cases is not found (404); what is not the caller's function is refused (403).

**Doing something twice.** Every POST that creates or moves something needs an `Idempotency-Key`. The same key with the
same request gets the same answer, with `Idempotent-Replayed: true`; with another request it is refused.

**Versions.** What can change has an `ETag`. A change by staff names it in `If-Match`, so that nobody's change is lost.

**Lists** come in pages: send `next_cursor` as `cursor`, or follow `Link`. There is no total.

**Language.** `Accept-Language: zh-CN` or `en` chooses the language of all texts for people; codes stay the same.

**Refusals** are problems of RFC 9457. Decide by `code`; `detail` says what to do; `type` is a page about it.

**Shares.** `RateLimit-Policy` and `RateLimit` say how much is left; `429` comes with `Retry-After`.

**New fields and codes** may be added within `v1`. Ignore fields that you do not know.

**Tracing.** `Request-Id` is on every answer, and is yours if you send one of 8 to 64 letters, digits, `.`, `_`, `-`.
"""

TAGS: Mapping[str, str] = MappingProxyType(
    {
        "Tokens": "How a client gets a token, and what others need to trust our tokens.",
        "Receipts": "What may be kept of an answer and shown to others, on paper too.",
        "Applications": "One submission for one person, for everything that is asked for at once.",
        "Certificates": "The disability certificate (残疾人证): reading one, and verifying many.",
        "Certificate cases": "Certificate business, step by step, from acceptance to the issued card.",
        "Draws": "Who evaluates is drawn: commitments published beforehand, and proofs that anybody can check.",
        "Integrity alarms": "Questions that figures ask papers and doctors: why, and what a human has found.",
        "Benefit cases": "Subsidies and the other items of a package, step by step.",
        "Confirmations": "A second person's word that some items wait for: a guardian's, or that of the household.",
        "Corrections": "What is missing in an item: told once and completely, and answered.",
        "Decisions": "What was decided, why, by whom, and how one turns against it.",
        "Evidence": "What must be shown, what shows it, how sure it is, and the person's say in it.",
        "Clocks": "The limits of the law and of the promises, a line a day.",
        "Ratings": "How people say that they were served. Nothing depends on it.",
        "Reports": "Counts by place and period, with nobody in them.",
        "Reviews": "Appeals against decisions, heard by the body that the law names.",
        "Assessments": "Instruments, what was answered, and what the service scored.",
        "Needs": "What a person needs, as found, confirmed or dismissed.",
        "Plans": "The individual plan: drafted, agreed by the person, approved.",
        "Entitlement": "What rules find due to a person, why, and what would turn it. People decide.",
        "Matching": "Which services fit a need, with reasons for and against.",
        "Projects": "Projects for disabled people: budget, quota, the dated list of who benefits, and nobody twice.",
        "Inspections": "Deliveries on which the lot of a month fell, and what an officer has found.",
        "Complaints": "What people say is wrong with a service, to the county's federation, unread by the provider.",
        "Delivery findings": "What does not fit in records of deliveries, and what an officer has found behind it.",
        "Referrals": "A service that a provider is asked for, delivers, and the person confirms.",
        "Waiting lists": "Who waits for which service, where they stand, when a place may come, what would be sooner.",
        "Persons": "People on record. Identity numbers and names stand in bodies only.",
        "Consents": "To what people have agreed: who is told what of them, what for, and how long.",
        "Access records": "Who has seen what of a person, when and why.",
        "Rechecks": "Looking again at running grants: what has changed, and what becomes of them.",
        "Person duplicates": "Records that may be one person's: compared, dismissed, merged, and separated again.",
        "Register imports": "Taking over a register of certificates, and settling what it says otherwise.",
        "Offers": "What the rules find due to people who have not asked: sent by a human, taken or left by the person.",
        "Uncertified entries": "The ledger of disabled people without a certificate: by consent, contacted, led to an "
        "application, or taken off.",
        "Roster": "Everybody whom commissioners answer for: who answers and why, whom that leaves out, and the groups.",
        "Archives": "What belongs into the archive of a person, a case or an association's work, and what is missing.",
        "Home visits": "Whom to visit next, what was seen and promised, and a day's work without network.",
        "Harm reports": "Suspected harm to a minor or an adult at risk: urgent, to the body that must act.",
        "Need reports": "Needs that a village cannot meet: to the township, then to the city, and answered.",
        "Surveys": "Rounds of the survey: who is asked, what came of it, and what is otherwise than before.",
        "Payment rolls": "What is due for a month, to whom, and what has changed since the roll before.",
        "Jobs": "Work over many rows: ordered, watched, read in the order of the lines.",
        "Events": "What has happened, in an order that skips nothing.",
        "Packages": "What one application can ask for together: items, form, evidence, dates.",
        "Regions": "Administrative regions with their codes and other names.",
        "Organisations": "Who decides, evaluates and provides.",
        "Services": "The catalogue of services.",
        "Directory": "The same catalogue as Open Referral HSDS 3.1, for everybody and without a token.",
        "Instruments": "Instruments of assessment with their questions and scores.",
        "Working calendar": "Which days count as working days, with holidays and make-up days.",
        "Reference": "Codes and rules that are the same for everybody.",
        "Sandbox": "Clients and clocks of one's own, to try things out. Not in production.",
        "Health": "Whether this deployment lives and serves.",
    }
)

SCOPES: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.REFERENCE_READ: "Read reference data: regions, packages, services, calendars.",
        Scope.CERTIFICATES_VERIFY: "Verify certificates: whether one is in force.",
        Scope.CERTIFICATES_VERIFY_DETAIL: "Verify certificates, and be told category and grade.",
        Scope.CERTIFICATES_READ: "Read certificates and their cases.",
        Scope.CERTIFICATES_WRITE: "Handle certificate cases.",
        Scope.DRAWS_READ: "Read draws: commitments published beforehand, and proofs.",
        Scope.INTEGRITY_READ: "Read alarms of integrity, but for those about oneself.",
        Scope.INTEGRITY_WRITE: "Take alarms of integrity up, and say what was found.",
        Scope.SURVEYS_READ: "Read rounds of the survey, who is in them, and how far they reach.",
        Scope.SURVEYS_WRITE: "Open, assign and close rounds of the survey, and record what came of people.",
        Scope.APPLICATIONS_READ: "Read applications.",
        Scope.APPLICATIONS_WRITE: "Submit and withdraw applications.",
        Scope.CONFIRMATIONS_READ: "Read which items wait for a second person's word.",
        Scope.CONFIRMATIONS_WRITE: "Give or refuse that word, or take it down at the counter.",
        Scope.DECISIONS_READ: "Read decisions with their reasons.",
        Scope.REVIEWS_READ: "Read reviews of decisions.",
        Scope.REVIEWS_WRITE: "File reviews, take them back, and decide them.",
        Scope.RATINGS_READ: "Read ratings, and what they come to.",
        Scope.RATINGS_WRITE: "Rate an item, correct a rating, and follow up a bad one.",
        Scope.OFFERS_READ: "Read offers of what is due and was not asked for.",
        Scope.OFFERS_WRITE: "Send, accept, decline and take back offers.",
        Scope.REPORTS_READ: "Read reports of suspected harm and of needs, as far as one's body acts upon them.",
        Scope.REPORTS_WRITE: "Report suspected harm and needs, take reports in, pass them on and answer them.",
        Scope.VISITS_READ: "Read whom to visit next, and what visits at home have seen and promised.",
        Scope.VISITS_WRITE: "Plan and write down visits at home, and take over what phones have written.",
        Scope.ROSTER_READ: "Read who answers for whom, the gaps, and the groups.",
        Scope.ROSTER_WRITE: "Give people commissioners and deputies, and adopt groups.",
        Scope.ARCHIVES_READ: "Read archives: what is there, what is missing, and their documents.",
        Scope.ARCHIVES_WRITE: "File documents into archives.",
        Scope.UNCERTIFIED_READ: "Read the ledger of disabled people without a certificate, and its figures.",
        Scope.UNCERTIFIED_WRITE: "Keep that ledger, and take people off it at their word.",
        Scope.BENEFITS_READ: "Read cases of subsidies and other items.",
        Scope.BENEFITS_WRITE: "Handle cases of subsidies and other items.",
        Scope.EVIDENCE_READ: "Read evidence and requests for it.",
        Scope.EVIDENCE_WRITE: "Ask for, bring, check and refuse evidence.",
        Scope.UPLOADS_WRITE: "Announce and send uploads of one's own.",
        Scope.PERSONS_READ: "Read and find persons.",
        Scope.PERSONS_WRITE: "Register persons.",
        Scope.CONSENTS_READ: "Read to what people have agreed.",
        Scope.CONSENTS_WRITE: "Give consents, and take them back.",
        Scope.ASSESSMENTS_READ: "Read assessments and needs.",
        Scope.ASSESSMENTS_WRITE: "Record assessments, confirm and dismiss needs.",
        Scope.PLANS_READ: "Read plans.",
        Scope.PLANS_WRITE: "Draft, agree and approve plans.",
        Scope.PROJECTS_READ: "Read projects, who is on their lists, and what stands against it.",
        Scope.PROJECTS_WRITE: "Announce, open and close projects, and put people on their lists.",
        Scope.COMPLAINTS_READ: "Read complaints about services, and questions to providers, as far as one may.",
        Scope.COMPLAINTS_WRITE: "Complain about services, handle complaints, and answer questions about them.",
        Scope.REFERRALS_READ: "Read what is found due, matches and referrals.",
        Scope.REFERRALS_WRITE: "Make, answer and confirm referrals.",
        Scope.EVENTS_READ: "Read the event feed.",
        Scope.PAYMENTS_READ: "Read payment rolls and their lines.",
        Scope.PAYMENTS_WRITE: "Draw up, check, approve and export payment rolls.",
        Scope.JOBS_READ: "Read one's own jobs and their results.",
        Scope.JOBS_WRITE: "Order jobs, hand in their tables, and let them rest or go on.",
        Scope.AUDIT_READ: "Read the records of access.",
        Scope.SANDBOX: "Move the clock of one's own sandbox client.",
    }
)
