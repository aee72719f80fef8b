// Errors as answers of mutations.
export function userError(field, message, code) {
    return code === undefined ? { field, message } : { field, message, code };
}
