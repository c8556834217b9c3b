"""公文内核: a typed official document (GB/T 9704-2012) becomes a docx and a PDF/A.

Start at `document.Document`; `docx.render_docx` and `pdf.render_pdf` print it.
"""
