"""`corpus gates`: the filter policy's gates listed, compared and tried out, one module per verb."""
