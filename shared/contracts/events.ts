import * as z from 'zod/mini';
import { runSummarySchema } from './change.ts';
import { changedOutcomeSchema } from './outcome.ts';
import { actionSchema, REMEDIATION_OUTCOMES, resourceSchema } from './remediation.ts';

/** What a chat or a pager shows of an event: one line, text, and what is alike for everything about the same thing. */
const notificationSchema = z.object({ title: z.string(), text: z.string(), dedupKey: z.string() });

/**
 * Details of the events on the bus, by their detail type; source `rightsizer`. They are published as JSON Schema in
 * docs/events (`npm run docs:events`), so they are contract: fields may be added, none changes or goes.
 */
export const EVENT_DETAILS = {
  'Rightsizer Approvals Requested': z.object({
    runId: z.string(),
    runDate: z.string(),
    expiresAt: z.string(),
    proposalCount: z.number(),
    approvedByPolicyCount: z.number(),
    /** Steps that an earlier approval covers; absent in events of an older deployment. */
    coveredByConsentCount: z.optional(z.number()),
    savingsUsdPerMonth: z.number(),
    notification: notificationSchema,
    /** Only where a channel is configured that needs it; whoever reads it may decide. */
    link: z.optional(z.string()),
  }),
  'Rightsizer Function Outcome': z.object({
    runId: z.string(),
    functionName: z.string(),
    functionArn: z.string(),
    kind: z.literal('Failed'),
    reason: z.string(),
    failure: changedOutcomeSchema.shape.failure,
  }),
  'Rightsizer Change Outcome': z.extend(changedOutcomeSchema, { notification: z.optional(notificationSchema) }),
  'Rightsizer Run Summary': runSummarySchema,
  'Rightsizer Run Failed': z.object({ runId: z.string(), failure: z.string(), notification: notificationSchema }),
  'Remediation Outcome': z.object({
    remediationId: z.string(),
    outcome: z.enum(REMEDIATION_OUTCOMES),
    reason: z.string(),
    notification: notificationSchema,
    alarmName: z.optional(z.string()),
    cause: z.optional(z.string()),
    resource: z.optional(resourceSchema),
    action: z.optional(actionSchema),
  }),
} as const;

export type EventDetailType = keyof typeof EVENT_DETAILS;

/** What an event of a type says. */
export type EventDetail<Type extends EventDetailType> = z.output<(typeof EVENT_DETAILS)[Type]>;

/** An event as tasks publish it; the detail is what its type's schema says. */
export type OutcomeEvent = {
  [Type in EventDetailType]: { detailType: Type; detail: EventDetail<Type> };
}[EventDetailType];
