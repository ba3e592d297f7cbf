import type {
  ListTagsCommandInput,
  ListTagsCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-lambda';
import { operation } from '../core/operation.ts';
import { invalid } from './errors.ts';
import type { FunctionStore } from './function-store.ts';
import { parseFunctionName } from './qualified-name.ts';

const MOST_TAGS = 50;

export function listTags(store: FunctionStore) {
  return operation<ListTagsCommandInput, ListTagsCommandOutput>(['Resource'], (input) => ({
    Tags: Object.fromEntries(store.get(parseFunctionName(input.Resource).name).tags),
  }));
}

export function tagResource(store: FunctionStore) {
  return operation<TagResourceCommandInput, TagResourceCommandOutput>(['Resource', 'Tags'], (input) => {
    const { tags } = store.get(parseFunctionName(input.Resource).name);
    const given = Object.entries(input.Tags ?? {});
    if (given.some(([key]) => key.startsWith('aws:')))
      throw invalid('aws: prefixed tag key names are not allowed for external use.');
    if (new Set([...tags.keys(), ...given.map(([key]) => key)]).size > MOST_TAGS) throw invalid('Tag limit exceeded');
    for (const [key, value] of given) tags.set(key, value);
    return {};
  });
}

export function untagResource(store: FunctionStore) {
  return operation<UntagResourceCommandInput, UntagResourceCommandOutput>(['Resource', 'TagKeys'], (input) => {
    const { tags } = store.get(parseFunctionName(input.Resource).name);
    for (const key of input.TagKeys ?? []) tags.delete(key);
    return {};
  });
}
