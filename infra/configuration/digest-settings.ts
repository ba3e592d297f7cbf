import type { DigestSettings } from '../../shared/contracts/digest-settings.ts';
import type { StageConfiguration } from './fields.ts';

/** How the digest goes out besides its topic. */
export function digestSettingsOf({ htmlDigest, channels }: StageConfiguration): DigestSettings {
  return {
    ...(htmlDigest.from !== undefined && { html: { from: htmlDigest.from, to: htmlDigest.to } }),
    linkInEvents: channels.linkInEvents,
  };
}
