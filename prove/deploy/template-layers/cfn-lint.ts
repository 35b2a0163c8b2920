import { lint } from '../second-opinion';
import type { Layer } from './subject';
import { withTemplateFile } from './template-file';

/** A second opinion, where Python has it: errors and warnings alike. */
export const cfnLintLayer = (python: string): Layer => ({
  name: 'cfn-lint',
  findings: async ({ template }) => {
    const found = await withTemplateFile(template, (path, folder) => lint(python, path, folder));
    return found.map((finding) => ({ rule: finding.split(' ', 1)[0] ?? '', message: finding }));
  },
});
