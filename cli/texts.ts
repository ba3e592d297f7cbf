/** What `rightsizer help` says besides the commands themselves. */
export const EPILOGUE = `
Exit codes: 0 done, 1 failed (or not all of what was asked for could be done), 2 wrong usage or input.
Colours are shown on a terminal only, and never with NO_COLOR set. Errors go to stderr.

Examples:
  rightsizer assess --html assessment.html
  rightsizer doctor
  rightsizer pending
  rightsizer approve --run scheduled-2026-11-23 orders-api orders-worker --note "looked at the curves"
  rightsizer reject --run scheduled-2026-11-23 --all
  rightsizer report scheduled-2026-11-23 --json
  rightsizer report scheduled-2026-11-23 --html night.html
  rightsizer explain orders-api
  rightsizer history --csv > changes.csv
  rightsizer patch --run scheduled-2026-11-23 infra | git apply
  rightsizer configure alarms --dry-run
  rightsizer start --follow
  rightsizer start --input '{"scope":{"functionNamePrefix":"orders-"},"dryRun":true}'
  rightsizer subscribe --confirm "https://sns.eu-central-1.amazonaws.com/confirmation.html?TopicArn=...&Token=..."
`;

/** Examples by command. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  assess: `
Reads and recommends with the night's own code; writes nothing to the account. What it found is kept for six hours in
~/.cache/rightsizer, so that an interruption costs little; --fresh starts anew, as after granting a permission. A source of
evidence that may not be read is named, and the rest is assessed without it.

Examples:
  rightsizer assess
  rightsizer assess --strategy balanced --html assessment.html
  rightsizer assess --print-policy > policy.json
  rightsizer assess --json | jq '.savingsUsdPerMonth'
`,
  doctor: `
Looks at credentials, stack, configuration, permissions, subscription, schedule, the last night, its sources of evidence,
alarms and quotas. Called in a checkout, it compares the deployed stack with that one's cdk.json. Exit code 1 when a line is
not all right.

Examples:
  rightsizer doctor
  rightsizer doctor --stack Rightsizer-test --json
`,
  pending: `
Proposals of nights, and what remediations ask about an alarm; the latter are open for a day. Functions that share their code,
or a stack and their evidence, are one row for the same change; --members and --json name them.

Examples:
  rightsizer pending
  rightsizer pending --members
  rightsizer pending --run scheduled-2026-11-23 --json
  rightsizer pending --csv > pending.csv
`,
  approve: `
The first decision counts; exit code 1 means that something was decided before, had expired or was never proposed. Each
function is decided by itself, also where --group names many: to leave one out, reject it first, or name the others.

Examples:
  rightsizer approve --run scheduled-2026-11-23 orders-api
  rightsizer approve --run scheduled-2026-11-23 --group orders-worker
  rightsizer approve --run scheduled-2026-11-23 --all --note "all low risk" --name Ada
`,
  'restore-ledger': `
What the stack's own ledger holds is newer and stays, unless --overwrite is given. docs/runbook.md (Disaster) says when to.

Examples:
  rightsizer restore-ledger --from Rightsizer-LedgerTable-restored
`,
  reject: `
A rejected function is not proposed again during the cool-down.

Examples:
  rightsizer reject --run scheduled-2026-11-23 orders-api --note "migrates next week"
`,
  runs: `
Examples:
  rightsizer runs --limit 5
  rightsizer runs --csv > runs.csv
`,
  report: `
--html writes one file that needs nothing else: what is proven so far, tonight's verdicts, what waits, a map of the account.
--since-beginning writes all nights up to this one, for those who pay. Both are also behind the link of the night's mail.

Examples:
  rightsizer report scheduled-2026-11-23
  rightsizer report scheduled-2026-11-23 --html night.html --since-beginning all-nights.html
  rightsizer report scheduled-2026-11-23 --csv > changes.csv
`,
  history: `
Of one function from the ledger, which forgets no change; of all functions from the reports that are still in the run bucket.

Examples:
  rightsizer history
  rightsizer history orders-api
  rightsizer history --limit 1000 --csv > changes.csv
`,
  explain: `
Evidence, the curve, and why not another size, as the newest night that is over saw it; or why the function was left alone.

Examples:
  rightsizer explain orders-api
  rightsizer explain orders-api --run scheduled-2026-11-23 --json
`,
  rollback: `
Writes to production: what was before the change is put back, if the function still has what the change wrote and nobody
changes it at the same moment; otherwise nothing is written, exit code 1 and the reason. The ledger holds who did it. A change
that is still watched is closed by its night. Where a later change stands, take that one back first.

Examples:
  rightsizer history orders-api
  rightsizer rollback orders-api --run scheduled-2026-11-23 --note "month-end batch is slower"
`,
  completion: `
The shell is bash, zsh or fish; the script completes commands, their options and file names.

Examples:
  source <(rightsizer completion bash)
  rightsizer completion zsh > ~/.zfunc/_rightsizer
  rightsizer completion fish > ~/.config/fish/completions/rightsizer.fish
`,
  patch: `
Prints a unified diff on stdout, and on stderr what became of each function; changes no file without --write. Reads SAM,
CloudFormation, CDK (TypeScript, Python), Terraform and Serverless Framework. A value that is a variable, or a function that
two definitions fit, is refused with its line; exit code 1 says that this happened.

Examples:
  rightsizer patch --run scheduled-2026-11-23 infra > sizes.patch
  rightsizer patch --run scheduled-2026-11-23 infra | git apply
  rightsizer patch --function orders-api --function orders-worker --write .
`,
  start: `
--follow shows on stderr what the night is at: its stage, how many proposals wait for people, how many changes for
production. Ctrl-C stops the watching; the night goes on.

Examples:
  rightsizer start
  rightsizer start --follow
  rightsizer start --input '{"strategy":"balanced","balancedWeight":0.5,"dryRun":true}'
`,
  configure: `
<what> is alarms, auto-scaling or cold-start. Its state machine plans, and the plan is shown; it is applied once you say yes at
the terminal, or with --yes. The plan is made anew for applying, so what the account became meanwhile counts. --dry-run starts
the state machine too, which then only reads. CloudTrail has who started it, the ledger what was written. A plan beyond a
quota or budget is no plan: exit code 1 and the problems. A read-only stage configures nothing.

Examples:
  rightsizer configure alarms --dry-run
  rightsizer configure alarms --email oncall@example.com
  rightsizer configure auto-scaling --yes
  rightsizer configure cold-start --mode measured --dry-run --json
  rightsizer configure cold-start --undo
`,
  subscribe: `
Do not click the link in SNS's mail: copy its address. Confirmed this way, nobody can unsubscribe without credentials,
not even a mail scanner that follows every link.

Examples:
  rightsizer subscribe --confirm "https://sns.eu-central-1.amazonaws.com/confirmation.html?TopicArn=...&Token=..."
`,
  recommend: `
Examples:
  rightsizer recommend --jsonl < requests.jsonl > answers.jsonl
`,
};
