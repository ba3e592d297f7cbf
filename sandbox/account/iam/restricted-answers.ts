import { accessDenied } from './access-denied.ts';
import type { Input } from './access-request.ts';
import { bucketArn } from './requests/storage.ts';

/** What an answer may depend on: why its caller may not do something else, if so, and what he was refused until now. */
interface Caller {
  refusalOf(action: string, resource: string): string | undefined;
  readonly refusals: Set<string>;
}

type Restrict = (answer: Promise<object>, input: Input, caller: Caller) => Promise<object>;

/** Lambda leaves out a function's tags, in silence, for those who may not list them. */
const getFunction: Restrict = async (answer, _input, caller) => {
  const { Tags: tags, ...rest } = (await answer) as { Tags?: object; Configuration: { FunctionArn: string } };
  if (tags === undefined) return rest;
  const refusal = caller.refusalOf('lambda:ListTags', rest.Configuration.FunctionArn);
  return refusal === undefined ? { ...rest, Tags: tags } : rest;
};

/** S3 tells only those who may list a bucket that an object is not in it; others hear that they may not read it. */
const readObject: Restrict = async (answer, input, caller) => {
  try {
    return await answer;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 404) throw error;
    const refusal = caller.refusalOf('s3:ListBucket', bucketArn(input));
    if (refusal === undefined) throw error;
    caller.refusals.add(refusal);
    throw accessDenied('S3', refusal);
  }
};

/** Calls that are allowed and yet answered differently by what else the caller may do. */
export const RESTRICTED_ANSWERS: Readonly<Record<string, Restrict>> = {
  'Lambda.GetFunction': getFunction,
  'S3.GetObject': readObject,
  'S3.HeadObject': readObject,
};
