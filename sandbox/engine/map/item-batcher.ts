import type { ItemBatcherProgram } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { MAX_PAYLOAD_BYTES, sizeInBytes } from '../payload-size.ts';
import { evaluateInteger, evaluateTemplate } from '../query/template.ts';
import type { Visit } from '../run/visit.ts';
import type { MapRunChild } from './map-run.ts';

interface BatchLimits {
  readonly items: number;
  readonly bytes: number;
  readonly batchInput: JsonValue | undefined;
}

async function limitsOf(visit: Visit, batcher: ItemBatcherProgram): Promise<BatchLimits> {
  const view = visit.view();
  const { maxItemsPerBatch, maxInputBytesPerBatch } = batcher;
  return {
    items: maxItemsPerBatch
      ? await evaluateInteger(maxItemsPerBatch, view, { min: 1, max: Number.MAX_SAFE_INTEGER })
      : Number.POSITIVE_INFINITY,
    bytes: maxInputBytesPerBatch
      ? await evaluateInteger(maxInputBytesPerBatch, view, { min: 1, max: MAX_PAYLOAD_BYTES })
      : MAX_PAYLOAD_BYTES,
    batchInput: batcher.batchInput && (await evaluateTemplate(batcher.batchInput, view)),
  };
}

function batchOf(items: readonly JsonValue[], batchInput: JsonValue | undefined): JsonValue {
  return batchInput === undefined ? { Items: items } : { BatchInput: batchInput, Items: items };
}

/**
 * Groups items into `{ "Items": […], "BatchInput": … }`. A batch is closed when the next item would take it over
 * either limit; the bytes are those of the whole child input, `BatchInput` included.
 */
function group(items: readonly JsonValue[], limits: BatchLimits): MapRunChild[] {
  const envelopeBytes = sizeInBytes(batchOf([], limits.batchInput));
  const children: MapRunChild[] = [];
  let batch: JsonValue[] = [];
  let bytes = envelopeBytes;
  const close = () => {
    if (batch.length > 0)
      children.push({ input: batchOf(batch, limits.batchInput), itemCount: batch.length, execution: undefined });
    batch = [];
    bytes = envelopeBytes;
  };
  for (const item of items) {
    const itemBytes = sizeInBytes(item) + 1;
    if (batch.length >= limits.items || (batch.length > 0 && bytes + itemBytes - 1 > limits.bytes)) close();
    if (bytes + itemBytes - 1 > limits.bytes) {
      throw new StateError(ErrorName.dataLimitExceeded, `An item does not fit into a batch of ${limits.bytes} bytes.`);
    }
    batch.push(item);
    bytes += itemBytes;
  }
  close();
  return children;
}

/** The inputs of the children: one per batch, or one per item without an ItemBatcher. */
export async function makeChildren(
  visit: Visit,
  batcher: ItemBatcherProgram | undefined,
  items: readonly JsonValue[],
): Promise<MapRunChild[]> {
  if (!batcher) return items.map((input) => ({ input: visit.checkSize(input), itemCount: 1, execution: undefined }));
  return group(items, await limitsOf(visit, batcher));
}
