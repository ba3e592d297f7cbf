import * as z from 'zod/mini';
import { STRATEGIES } from '../domain/night/recommendation/types.ts';
import { parseContract } from './parse.ts';

/** Where the operator API starts what, and what policy allows; one JSON environment variable. */
const operatorSettingsSchema = z.object({
  stateMachineArns: z.object({
    alarms: z.optional(z.string()),
    autoScaling: z.optional(z.string()),
    optimizer: z.optional(z.string()),
    coldStart: z.optional(z.string()),
  }),
  /** Whether the stage has an auto-approval policy; without one `autoApply` is asked for like everything else. */
  mayAutoApply: z.boolean(),
});
export type OperatorSettings = z.output<typeof operatorSettingsSchema>;
export type OperatorTarget = keyof OperatorSettings['stateMachineArns'];
export const parseOperatorSettings = (json: string): OperatorSettings =>
  parseContract('operator settings', operatorSettingsSchema, JSON.parse(json));

/** Body of POST /optimizer. */
const optimizerBodySchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('optimizeAll'),
    autoApply: z.optional(z.boolean()),
    dryRun: z.optional(z.boolean()),
    strategy: z.optional(z.enum(STRATEGIES)),
  }),
  z.strictObject({
    action: z.literal('optimize'),
    functionNames: z.array(z.string().check(z.regex(/^[\w-]{1,64}$/))).check(z.minLength(1), z.maxLength(1000)),
    autoApply: z.optional(z.boolean()),
    dryRun: z.optional(z.boolean()),
    strategy: z.optional(z.enum(STRATEGIES)),
  }),
]);
export type OptimizerBody = z.output<typeof optimizerBodySchema>;
export const parseOptimizerBody = (value: unknown): OptimizerBody =>
  parseContract('optimizer body', optimizerBodySchema, value);

/** How a change that a started execution proposes is decided. */
export type ApprovalPath =
  /** Nothing is proposed or changed. */
  | 'none'
  /** Rules approve first, people are asked about the rest; the safety rules hold either way. */
  | 'policy'
  /** People are asked. */
  | 'ask';

/** Answer of every operator route. */
export interface OperatorAnswer {
  executionArn: string;
  startedAt: string;
  approval: ApprovalPath;
  /** What happens now, for whoever reads the terminal. */
  message: string;
}
