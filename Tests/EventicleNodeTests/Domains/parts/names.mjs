export const stream = "modern";
