-- The accounts whose email, in the form in which emails are compared, is no part of their
-- search text: those that are written with other characters than ASCII, and those that
-- share a form. A text that is searched for is looked for in these forms, too.
CREATE INDEX customers_by_other_email ON customers (email_fold) WHERE instr(search, email_fold) = 0;
