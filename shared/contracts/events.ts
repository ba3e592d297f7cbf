import * as v from 'valibot';
import { runSummarySchema } from './change.ts';
import { changedOutcomeSchema } from './outcome.ts';
import { actionSchema, REMEDIATION_OUTCOMES, resourceSchema } from './remediation.ts';
import { finiteNumber } from './typed-values.ts';

/** What a chat or a pager shows of an event: one line, text, and what is alike for everything about the same thing. */
const notificationSchema = v.object({ title: v.string(), text: v.string(), dedupKey: v.string() });

/**
 * Details of the events on the bus, by their detail type; source `rightsizer`. They are published as JSON Schema in
 * docs/events (`npm run docs:events`), so they are contract: fields may be added, none changes or goes.
 */
export const EVENT_DETAILS = {
  'Rightsizer Approvals Requested': v.object({
    runId: v.string(),
    runDate: v.string(),
    expiresAt: v.string(),
    proposalCount: finiteNumber,
    approvedByPolicyCount: finiteNumber,
    /** Steps that an earlier approval covers; absent in events of an older deployment. */
    coveredByConsentCount: v.optional(finiteNumber),
    savingsUsdPerMonth: finiteNumber,
    notification: notificationSchema,
    /** Only where a channel is configured that needs it; whoever reads it may decide. */
    link: v.optional(v.string()),
  }),
  'Rightsizer Function Outcome': v.object({
    runId: v.string(),
    functionName: v.string(),
    functionArn: v.string(),
    kind: v.literal('Failed'),
    reason: v.string(),
    failure: changedOutcomeSchema.entries.failure,
  }),
  'Rightsizer Change Outcome': v.object({
    ...changedOutcomeSchema.entries,
    notification: v.optional(notificationSchema),
  }),
  'Rightsizer Run Summary': runSummarySchema,
  'Rightsizer Run Failed': v.object({ runId: v.string(), failure: v.string(), notification: notificationSchema }),
  'Remediation Outcome': v.object({
    remediationId: v.string(),
    outcome: v.picklist(REMEDIATION_OUTCOMES),
    reason: v.string(),
    notification: notificationSchema,
    alarmName: v.optional(v.string()),
    cause: v.optional(v.string()),
    resource: v.optional(resourceSchema),
    action: v.optional(actionSchema),
  }),
} as const;

export type EventDetailType = keyof typeof EVENT_DETAILS;

/** What an event of a type says. */
export type EventDetail<Type extends EventDetailType> = v.InferOutput<(typeof EVENT_DETAILS)[Type]>;

/** An event as tasks publish it; the detail is what its type's schema says. */
export type OutcomeEvent = {
  [Type in EventDetailType]: { detailType: Type; detail: EventDetail<Type> };
}[EventDetailType];
