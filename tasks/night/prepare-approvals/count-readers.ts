import type { TopicReaders } from '../../../shared/clients/sns/topic-readers.ts';
import { logger } from '../../../shared/observability/logger.ts';

export interface CountReaders {
  readers: TopicReaders;
  /** Readers of the HTML digest, who need not confirm anything. */
  htmlReaderCount: number;
  publishReaders(count: number): void;
}

/**
 * Tells CloudWatch where a digest reaches nobody, for the alarm of that; what is well is not worth a metric every night.
 *
 * @param reachedHtmlReaders false where tonight's HTML mail was refused
 */
export async function countReaders(
  { readers, htmlReaderCount, publishReaders }: CountReaders,
  reachedHtmlReaders = true,
): Promise<void> {
  try {
    const count = (await readers.count()) + (reachedHtmlReaders ? htmlReaderCount : 0);
    if (count === 0) publishReaders(count);
  } catch (error) {
    // A night is worth more than knowing who reads of it.
    logger.error('the readers of the digest could not be counted', error as Error);
  }
}
