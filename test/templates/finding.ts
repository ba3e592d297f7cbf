import type { VariantName } from './variants.ts';

/** Something that a linter holds against a template. */
export interface Finding {
  variant: VariantName;
  /** The linter's id, e.g. `W3005` (cfn-lint) or `CKV_AWS_116` (checkov). */
  rule: string;
  /** Of a resource its type and logical id, e.g. `AWS::SQS::Queue DecisionsDeadLetters3110498F`; otherwise the section. */
  where: string;
  says: string;
}

/** A finding that stays, and why. */
export interface AcceptedFinding {
  rule: string;
  /** Where it is accepted; everywhere else the rule counts. */
  where: RegExp;
  /** Variants in which it is accepted. @default all of them */
  in?: (variant: VariantName) => boolean;
  reason: string;
}

export interface Judged {
  /** Findings that nothing accepts. */
  findings: Finding[];
  /** What is accepted and was not found: it has been mended, and its reason is a relic. */
  relics: AcceptedFinding[];
}

export function judge(findings: readonly Finding[], accepted: readonly AcceptedFinding[]): Judged {
  const accepts = (each: AcceptedFinding, { rule, where, variant }: Finding): boolean =>
    each.rule === rule && each.where.test(where) && (each.in?.(variant) ?? true);
  return {
    findings: findings.filter((finding) => !accepted.some((each) => accepts(each, finding))),
    relics: accepted.filter((each) => !findings.some((finding) => accepts(each, finding))),
  };
}
