/**
 * Whether a JavaScript engine threw this because it could not allocate an array.
 * V8: "Array buffer allocation failed", "Invalid typed array length: n"; SpiderMonkey: "invalid or
 * out-of-range array length" and "out of memory"; JavaScriptCore: "Out of memory", "length too large".
 */
export function isAllocationFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    /allocation failed|(typed )?array length|length too large|out of memory/i.test(error.message)
  );
}
