"""Results to text for programs: one function a format. The bytes never depend on terminal, locale or colour."""
