// What a portal does, against the types that are made from the document. It is compiled, not run.
import type { components, paths } from "./v1";

type Submit = paths["/v1/applications"]["post"];
type Body = Submit["requestBody"]["content"]["application/json"];
type Submitted = Submit["responses"][201]["content"]["application/json"];
type Problem = components["schemas"]["Problem"];

export async function submit(base: string, token: string, body: Body): Promise<Submitted> {
  const answer = await fetch(`${base}/v1/applications`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (answer.ok) return (await answer.json()) as Submitted;
  const problem = (await answer.json()) as Problem;
  throw new Error(`${problem.code}: ${problem.detail} (request ${problem.request_id})`);
}

export const application: Body = {
  package_code: "disability_services",
  items: ["certificate", "living_subsidy"],
  source_number: "2026-000123",
  channel: "portal",
  applicant: { name: "阿依努尔·买买提", citizen_number: "990101190001010018", region_code: "652301104" },
  answers: {},
};

export function describe(submitted: Submitted): string {
  return `${submitted.id}: ${submitted.status}, ${submitted.items.map((item) => item.code).join(", ")}`;
}
