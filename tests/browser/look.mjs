// Opens all pages in headless Chromium, each at the given widths, and prints as JSON what it has seen: what breaks the
// named rules of WCAG, which errors the page made, which other hosts it reached, and whether it is wider than its window.
// Usage: node look.mjs CHROMIUM RULES WIDTHS URL...   RULES are tags of axe-core with commas between, or nothing; WIDTHS
// are CSS pixels with commas between.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const LOADED = { waitUntil: "networkidle", timeout: 60_000 };

const [executablePath, rules, widths, ...urls] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: QUIET });
const visits = urls.flatMap((url) => widths.split(",").map((width) => ({ url, width: Number(width) })));
const seen = await Promise.all(visits.map(async (visit) => ({ ...visit, ...(await look(visit)) })));
await browser.close();
process.stdout.write(JSON.stringify(seen));

async function look({ url, width }) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const errors = [];
  const strangers = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("response", (answer) => !isOurs(answer.url(), url) && strangers.push(answer.url()));
  page.on("requestfailed", (asked) => asked.failure()?.errorText !== "csp" && strangers.push(asked.url()));
  await page.goto(url, LOADED);
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  const violations = rules ? await broken(page, rules.split(",")) : [];
  await page.close();
  return { errors, strangers, isTooWide, violations };
}

function isOurs(asked, url) {
  return /^(data|blob):/.test(asked) || new URL(asked).origin === new URL(url).origin;
}

async function broken(page, values) {
  await page.evaluate(axe);
  const found = await page.evaluate((values) => axe.run({ runOnly: { type: "tag", values } }), values);
  return found.violations.map(({ id, nodes }) => ({ id, where: nodes.slice(0, 5).map((node) => node.html) }));
}
