import * as v from 'valibot';
import { STRATEGIES } from '../domain/night/recommendation/types.ts';
import { parseContract } from './parse.ts';
import { strictObject } from './typed-values.ts';

/** Where the operator API starts what, and what policy allows; one JSON environment variable. */
const operatorSettingsSchema = v.object({
  stateMachineArns: v.object({
    alarms: v.optional(v.string()),
    autoScaling: v.optional(v.string()),
    optimizer: v.optional(v.string()),
    coldStart: v.optional(v.string()),
  }),
  /** Whether the stage has an auto-approval policy; without one `autoApply` is asked for like everything else. */
  mayAutoApply: v.boolean(),
});
export type OperatorSettings = v.InferOutput<typeof operatorSettingsSchema>;
export type OperatorTarget = keyof OperatorSettings['stateMachineArns'];
export const parseOperatorSettings = (json: string): OperatorSettings =>
  parseContract('operator settings', operatorSettingsSchema, JSON.parse(json));

/** Body of POST /optimizer. */
const optimizerBodySchema = v.variant('action', [
  strictObject({
    action: v.literal('optimizeAll'),
    autoApply: v.optional(v.boolean()),
    dryRun: v.optional(v.boolean()),
    strategy: v.optional(v.picklist(STRATEGIES)),
  }),
  strictObject({
    action: v.literal('optimize'),
    functionNames: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))), v.minLength(1), v.maxLength(1000)),
    autoApply: v.optional(v.boolean()),
    dryRun: v.optional(v.boolean()),
    strategy: v.optional(v.picklist(STRATEGIES)),
  }),
]);
export type OptimizerBody = v.InferOutput<typeof optimizerBodySchema>;
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
