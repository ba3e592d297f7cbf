import { Env } from '../../shared/constants.ts';
import { parseDigestSettings } from '../../shared/contracts/digest-settings.ts';

/** Clients that only some configurations ask for; the bundles of other stages have something else in their place. */
export const CONFIGURED_CLIENTS = {
  '@aws-sdk/client-sts': 'unconfigured-sts',
  '@aws-sdk/client-sesv2': 'unconfigured-ses',
  '@aws-sdk/client-secrets-manager': 'unconfigured-secrets',
  'openid-client': 'unconfigured-sign-in',
} as const;

export type ConfiguredClient = keyof typeof CONFIGURED_CLIENTS;

/** Those that a task's variables ask for. */
export function configuredClients(environment: Readonly<Record<string, string>>): ConfiguredClient[] {
  const digest = environment[Env.digestSettings];
  const signIn = environment[Env.signInSettings];
  const asked: Record<ConfiguredClient, boolean> = {
    '@aws-sdk/client-sts': environment[Env.organization] !== undefined,
    '@aws-sdk/client-sesv2': digest !== undefined && parseDigestSettings(digest).html !== undefined,
    '@aws-sdk/client-secrets-manager': signIn !== undefined,
    'openid-client': signIn !== undefined,
  };
  return (Object.keys(asked) as ConfiguredClient[]).filter((client) => asked[client]);
}
