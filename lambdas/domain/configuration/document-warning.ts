/** Something of a document that works as it is written, and is hardly meant so. */
export interface DocumentWarning {
  /** Where in the document: `offers.0.url`. */
  readonly path: string;
  readonly message: string;
}
