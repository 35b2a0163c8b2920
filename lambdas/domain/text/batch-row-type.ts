/** The type of a batch's row as a request: what is no JSON object is then read as nothing else, such as a form. */
export const batchRowType = 'application/json; batch-row=1';
