import type { ComponentChildren } from 'preact';
import { TextField } from './field';

/** A URL with macros, and what they become. */
export const UrlField = (props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly required?: boolean;
  readonly hint: ComponentChildren;
  readonly problem?: ComponentChildren;
  readonly onInput: (url: string) => void;
}) => <TextField inputMode="url" size={72} {...props} />;
