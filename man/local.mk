# Manual pages and completion, filled from the tables of tui/*.def.
man_tables = $(srcdir)/tui/command.def $(srcdir)/tui/option.def $(srcdir)/tui/action.def $(srcdir)/tui/status.def
man_fill = LC_ALL=C $(AWK) -f $(srcdir)/man/deftab.awk -v version='$(PACKAGE_VERSION)' -v tables='$(pkgdatadir)' $(man_tables)

man/evenhand.1: man/evenhand.1.in man/deftab.awk $(man_tables) Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(man_fill) $(srcdir)/man/evenhand.1.in > $@.tmp && mv $@.tmp $@

man/bash/evenhand: man/completion.bash.in man/deftab.awk $(man_tables) Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(man_fill) $(srcdir)/man/completion.bash.in > $@.tmp && mv $@.tmp $@

man_review_tables = $(srcdir)/tui/review/option.def $(srcdir)/tui/action.def
man_fill_review = LC_ALL=C $(AWK) -f $(srcdir)/man/deftab.awk -v version='$(PACKAGE_VERSION)' -v tables='$(pkgdatadir)' $(man_review_tables)

man/evenhand-review.1: man/evenhand-review.1.in man/deftab.awk $(man_review_tables) Makefile
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(man_fill_review) $(srcdir)/man/evenhand-review.1.in > $@.tmp && mv $@.tmp $@

nodist_man_MANS = man/evenhand.1 man/evenhand-review.1
bashcompdir = $(datadir)/bash-completion/completions
nodist_bashcomp_DATA = man/bash/evenhand
EXTRA_DIST += man/evenhand.1.in man/evenhand-review.1.in man/completion.bash.in man/deftab.awk
CLEANFILES += $(nodist_man_MANS) $(nodist_bashcomp_DATA)
