import type { Template } from '../../deployment/template.ts';

export interface SynthesizedStack {
  stackName: string;
  template: Template;
  /** What other accounts and regions get; only where the configuration has an `organization`. */
  spokeTemplate?: Template;
}
